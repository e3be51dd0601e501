using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>One number for each response token, from the hidden state before it.</summary>
public sealed class ValueHead
{
    internal ValueHead(ParameterScope parameters, DecoderConfig config) => Projection = HeadProjection.Of(parameters, config);

    /// <summary>Weights, <c>[1, H]</c>.</summary>
    public Tensor Weight => Projection.Weight;

    internal Projection Projection { get; }

    /// <summary>Value of the state from which each response token was chosen.</summary>
    /// <param name="hidden">Hidden states after the last norm, <c>[N, H]</c>.</param>
    /// <param name="layout">The batch that they are of.</param>
    /// <returns><c>[M]</c> in float32, or float64 for float64 hidden states.</returns>
    public Tensor Values(Tensor hidden, TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(layout);
        return HeadProjection.At(Projection, hidden, layout, layout.Sources);
    }
}
