using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>One number for each sequence, from the hidden state of its last token.</summary>
/// <remarks>
/// The last token is found by the length of the sequence. Whoever looks for the last id that is not the padding reads the wrong place
/// where the end token fills the padding too.
/// </remarks>
public sealed class ScoreHead
{
    internal ScoreHead(ParameterScope parameters, DecoderConfig config) => Projection = HeadProjection.Of(parameters, config);

    /// <summary>Weights, <c>[1, H]</c>.</summary>
    public Tensor Weight => Projection.Weight;

    internal Projection Projection { get; }

    /// <summary>Score of each sequence.</summary>
    /// <param name="hidden">Hidden states after the last norm, <c>[N, H]</c>.</param>
    /// <param name="layout">The batch that they are of.</param>
    /// <returns><c>[S]</c> in float32, or float64 for float64 hidden states.</returns>
    public Tensor Scores(Tensor hidden, TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(layout);
        return HeadProjection.At(Projection, hidden, layout, layout.Last);
    }
}
