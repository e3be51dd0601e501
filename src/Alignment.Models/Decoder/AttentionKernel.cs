using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models;

/// <summary><c>softmax(q kᵀ / √d) v</c>, by PyTorch's fused kernel where it can, that is without a cap.</summary>
internal static class AttentionKernel
{
    /// <summary>Attention from <c>[S, heads, T, d]</c> over <c>[S, heads, L, d]</c>.</summary>
    /// <param name="query">Queries.</param>
    /// <param name="key">Keys.</param>
    /// <param name="value">Values.</param>
    /// <param name="mask">bool, true = seen, that broadcasts to <c>[S, heads, T, L]</c>; null where all is seen, or all up to the diagonal.</param>
    /// <param name="isCausal">Whether, without a mask, a token sees only those up to itself.</param>
    /// <param name="softCap">Scores become <c>c tanh(score / c)</c>.</param>
    public static Tensor Of(Tensor query, Tensor key, Tensor value, Tensor? mask, bool isCausal, double? softCap)
    {
        if (softCap is not { } cap) return F.scaled_dot_product_attention(query, key, value, mask, 0.0, isCausal && mask is null);
        using var scope = NewDisposeScope();
        var seen = mask ?? (isCausal ? Causal(key.shape[2], null, key.device) : null);
        var scores = (query / Math.Sqrt(query.shape[3])).matmul(key.transpose(2, 3)).to(Wide(query.dtype));
        var capped = (scores / cap).tanh() * cap;
        var weights = (seen is null ? capped : capped.masked_fill(seen.logical_not(), double.NegativeInfinity)).softmax(-1);
        return weights.to(value.dtype).matmul(value).MoveToOuterDisposeScope();
    }

    /// <summary>Which of <c>L</c> tokens each sees, bool <c>[L, L]</c>: those up to itself, no farther back than the window.</summary>
    public static Tensor Causal(long length, int? window, Device device)
    {
        using var scope = NewDisposeScope();
        var places = arange(length, dtype: ScalarType.Int64, device: device);
        var back = places.unsqueeze(1) - places.unsqueeze(0);   // how far behind the row's token the column's stands
        var seen = back.ge(0);
        return (window is { } size ? seen.logical_and(back.lt(size)) : seen).MoveToOuterDisposeScope();
    }

    private static ScalarType Wide(ScalarType type) => type == ScalarType.Float64 ? type : ScalarType.Float32;
}
