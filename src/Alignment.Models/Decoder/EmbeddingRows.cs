using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Rows of a table whose gradient is added to the table's own, row by row, instead of a second tensor of the table's size.</summary>
/// <remarks>See <see cref="LeafGradient"/>: a table of 128,256 x 256 is 131 MB, and where it is the output weight too, its gradient is there already.</remarks>
internal sealed class EmbeddingRows : autograd.SingleTensorFunction<EmbeddingRows>
{
    public override string Name => nameof(EmbeddingRows);

    /// <summary><c>[V, H]</c> and ids int64 <c>[N]</c> to <c>[N, H]</c>.</summary>
    public static Tensor Of(Tensor weight, Tensor ids) =>
        is_grad_enabled() && LeafGradient.IsAddedTo(weight) ? apply(weight, ids) : weight.index_select(0, ids);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (weight, ids) = ((Tensor)vars[0], (Tensor)vars[1]);
        ctx.save_for_backward([weight, ids]);
        using var noGrad = no_grad();
        return weight.index_select(0, ids);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var saved = ctx.get_saved_variables();
        var gradient = saved[0].grad ?? zeros_like(saved[0]);
        saved[0].grad = gradient.index_add_(0, saved[1], grad_output, 1);
        return [null!, null!];
    }
}
