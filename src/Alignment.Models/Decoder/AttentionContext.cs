using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Which tokens see which: where attention finds its keys and values.</summary>
internal abstract class AttentionContext
{
    /// <summary>The tensors that it holds.</summary>
    public virtual IReadOnlyList<Tensor> Tensors => [];

    /// <summary>The same with other wrappers of <see cref="Tensors"/>.</summary>
    public virtual AttentionContext With(IReadOnlyList<Tensor> tensors) => this;

    /// <summary>Weighs the values that each token sees by <c>softmax(q kᵀ / √d)</c>.</summary>
    /// <param name="pattern">The layer's window and cap.</param>
    /// <param name="query"><c>[N, heads, d]</c>, turned.</param>
    /// <param name="key"><c>[N, key heads, d]</c>, turned.</param>
    /// <param name="value"><c>[N, key heads, d]</c>.</param>
    /// <returns><c>[N, heads * d]</c>.</returns>
    public abstract Tensor Attend(AttentionPattern pattern, Tensor query, Tensor key, Tensor value);

    /// <summary>Numbers that <see cref="Attend"/> keeps until backward; 0 for those that never go backward.</summary>
    public virtual long Kept(DecoderConfig config) => 0;

    /// <summary>What the kernel keeps: queries, keys, values and output; or, with a cap that the fused kernel has not, two tensors of scores.</summary>
    /// <param name="config">The heads.</param>
    /// <param name="queries">Places with a query.</param>
    /// <param name="keys">Numbers of keys, as many as of values.</param>
    /// <param name="length">Keys that a query is multiplied with.</param>
    protected static long Kept(DecoderConfig config, long queries, long keys, long length)
    {
        var (heads, size) = ((long)config.Attention.Heads, (long)config.HeadSize);
        return queries * heads * size + 2 * keys + queries * heads * (config.Attention.SoftCap is null ? size + 1 : 2 * length);
    }
}
