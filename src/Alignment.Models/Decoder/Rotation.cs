using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>A turn for each token: angle i turns the plane of number i of the turned part's first half and number i of its second.</summary>
/// <param name="Cosine"><c>[N, 1, turned / 2]</c>.</param>
/// <param name="Sine"><c>[N, 1, turned / 2]</c>.</param>
internal readonly record struct Rotation(Tensor Cosine, Tensor Sine)
{
    /// <summary>The turn of some of the rows, int64 <c>[R]</c>.</summary>
    public Rotation Of(Tensor rows) => new(Cosine.index_select(0, rows), Sine.index_select(0, rows));

    /// <summary>Turns the first numbers of each head of <c>[N, heads, d]</c>, as many as there are angles for.</summary>
    public Tensor Apply(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (half, size) = (Cosine.shape[2], input.shape[2]);
        var (first, second) = (input.narrow(2, 0, half), input.narrow(2, half, half));
        List<Tensor> parts = [first * Cosine - second * Sine, second * Cosine + first * Sine];
        if (2 * half < size) parts.Add(input.narrow(2, 2 * half, size - 2 * half));
        return cat(parts, 2).MoveToOuterDisposeScope();
    }
}
