using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Attention over whole prompts that leaves their keys and values in a cache.</summary>
/// <param name="left">Token of each left-aligned place, int64 <c>[P * L]</c>.</param>
/// <param name="owner">Left-aligned place of each token, int64 <c>[N]</c>.</param>
/// <param name="right">Token of each right-aligned place of the cache's S rows, int64 <c>[S * L]</c>.</param>
/// <param name="prompts">P.</param>
/// <param name="cache">Empty; the caller counts its columns when all layers are through.</param>
internal sealed class PromptAttention(Tensor left, Tensor owner, Tensor right, long prompts, KeyValueCache cache)
    : LayoutAttention(left, owner, prompts)
{
    public override Tensor Attend(AttentionPattern pattern, Tensor query, Tensor key, Tensor value)
    {
        using (NewDisposeScope()) cache.Write(pattern.Layer, Columns(key), Columns(value));
        return base.Attend(pattern, query, key, value);
    }

    private Tensor Columns(Tensor tensor) => tensor.index_select(0, right).view(cache.Rows, -1, tensor.shape[1], tensor.shape[2]).transpose(1, 2);
}
