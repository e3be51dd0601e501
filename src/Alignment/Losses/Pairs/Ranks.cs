using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Optimal transport in one dimension: the k-th smallest goes with the k-th smallest.</summary>
internal static class Ranks
{
    /// <summary>For each entry of <paramref name="values"/>, the entry of <paramref name="others"/> of the same rank; equal entries rank in order.</summary>
    public static Tensor Matched(Tensor values, Tensor others)
    {
        var ranks = values.detach().sort(0, stable: true).Indices.argsort();   // [B] place of each value among the sorted ones
        return others.sort(0, stable: true).Values.index_select(0, ranks);
    }
}
