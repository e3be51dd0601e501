using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>A turn for each token: angle i turns the plane of number i of a head's first half and number i of its second.</summary>
/// <param name="Cosine"><c>[N, 1, d / 2]</c>.</param>
/// <param name="Sine"><c>[N, 1, d / 2]</c>.</param>
internal readonly record struct Rotation(Tensor Cosine, Tensor Sine)
{
    /// <summary>Turns <c>[N, heads, d]</c>.</summary>
    public Tensor Apply(Tensor input)
    {
        using var scope = NewDisposeScope();
        var half = input.shape[2] / 2;
        var (first, second) = (input.narrow(2, 0, half), input.narrow(2, half, half));
        return cat([first * Cosine - second * Sine, second * Cosine + first * Sine], 2).MoveToOuterDisposeScope();
    }
}
