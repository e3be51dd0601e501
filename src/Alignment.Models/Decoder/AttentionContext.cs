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
}
