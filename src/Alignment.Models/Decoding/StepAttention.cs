using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Attention of one new token of each sequence over itself and what a cache holds.</summary>
/// <param name="cache">With room for a column; the caller counts it when all layers are through.</param>
internal sealed class StepAttention(KeyValueCache cache) : AttentionContext
{
    public override Tensor Attend(AttentionPattern pattern, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        cache.Write(pattern.Layer, key.unsqueeze(2), value.unsqueeze(2));
        var end = cache.Length + 1;
        var start = Math.Max(0, end - (pattern.Window ?? end));   // prompts end in the same column, so a window is the same columns for all
        var (keys, values) = cache.Read(pattern.Layer, start, end);
        // The query heads that share a key head stand where a sequence of queries would: the cache is read as it is, no head copied.
        var grouped = query.view(query.shape[0], key.shape[1], -1, query.shape[2]);
        var attended = AttentionKernel.Of(grouped, keys, values, cache.Visible(start, end), isCausal: false, pattern.SoftCap);
        return attended.reshape(query.shape[0], -1).MoveToOuterDisposeScope();
    }
}
