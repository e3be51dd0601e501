using static TorchSharp.torch;

namespace Alignment;

/// <summary>Gradients that a backward pass adds to a leaf itself, rather than handing autograd a second tensor of the leaf's size to add.</summary>
/// <remarks>
/// For matrices of the vocabulary, whose gradients are the largest tensors of a step. What such a function gives to autograd is null, so these
/// leaves cannot be named in <c>autograd.grad</c>; <c>backward</c> and <c>grad</c> are as ever, sums over several passes too. Leaves of 16 bits are
/// left to autograd: sums of theirs are kept in float32 or apart, and rounded once.
/// </remarks>
internal static class LeafGradient
{
    public static bool IsAddedTo(Tensor weight) => weight is { is_leaf: true, requires_grad: true, dtype: ScalarType.Float32 or ScalarType.Float64 };
}
