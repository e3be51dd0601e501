using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Which tokens see which: everything that attention knows beyond the rows it is given.</summary>
/// <param name="rotation">The turn of each token's queries and keys.</param>
internal abstract class AttentionContext(Rotation rotation)
{
    public Rotation Rotation => rotation;

    /// <summary>Weighs the values that each token sees by <c>softmax(q kᵀ / √d)</c>.</summary>
    /// <param name="layer">Index of the layer, from 0.</param>
    /// <param name="query"><c>[N, heads, d]</c>, turned.</param>
    /// <param name="key"><c>[N, key heads, d]</c>, turned.</param>
    /// <param name="value"><c>[N, key heads, d]</c>.</param>
    /// <returns><c>[N, heads * d]</c>.</returns>
    public abstract Tensor Attend(int layer, Tensor query, Tensor key, Tensor value);
}
