using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models;

/// <summary>Attention of one new token of each sequence over itself and what a cache holds.</summary>
/// <param name="rotation">The turn of each token.</param>
/// <param name="cache">With room for a column; the caller counts it when all layers are through.</param>
internal sealed class StepAttention(Rotation rotation, KeyValueCache cache) : AttentionContext(rotation)
{
    public override Tensor Attend(int layer, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        cache.Write(layer, key.unsqueeze(2), value.unsqueeze(2));
        var (keys, values) = cache.Read(layer, cache.Length + 1);
        // The query heads that share a key head stand where a sequence of queries would: the cache is read as it is, no head copied.
        var grouped = query.view(query.shape[0], key.shape[1], -1, query.shape[2]);
        var attended = F.scaled_dot_product_attention(grouped, keys, values, cache.Visible(cache.Length + 1), 0.0, false);
        return attended.reshape(query.shape[0], -1).MoveToOuterDisposeScope();
    }
}
