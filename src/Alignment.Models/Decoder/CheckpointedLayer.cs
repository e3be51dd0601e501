using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>A layer that keeps its input alone and is computed a second time in backward.</summary>
/// <remarks>
/// Chen et al. 2016 (arXiv 1604.06174), at every layer: memory of L inputs and of one layer's inside, for one more forward pass.
/// The second pass runs the same operators on the same numbers, so gradients are the same to the bit where the kernels are deterministic.
/// </remarks>
internal sealed class CheckpointedLayer : autograd.SingleTensorFunction<CheckpointedLayer>
{
    public override string Name => nameof(CheckpointedLayer);

    /// <summary>The layer's output, <c>[N, H]</c>.</summary>
    public static Tensor Call(DecoderLayer layer, Tensor hidden, LayerContext context, AdapterSet adapters)
    {
        var trained = adapters.Trained(layer);
        return is_grad_enabled() && (hidden.requires_grad || trained.Length > 0)
            ? apply([hidden, .. trained, layer, context, adapters])
            : layer.call(hidden, context);
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (hidden, layer, context, adapters) = ((Tensor)vars[0], (DecoderLayer)vars[^3], (LayerContext)vars[^2], (AdapterSet)vars[^1]);
        var shared = context.Tensors;   // saved by the graph: the caller may dispose its own before backward
        ctx.save_for_backward([hidden, .. shared]);
        ctx.save_data(nameof(layer), layer);
        ctx.save_data(nameof(context), context);
        ctx.save_data(nameof(adapters), adapters);
        ctx.save_data("pass", adapters.State.Pass);
        ctx.save_data(nameof(hidden), hidden.requires_grad);
        using var noGrad = no_grad();
        return layer.call(hidden, context);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var layer = (DecoderLayer)ctx.get_data("layer");
        var context = ((LayerContext)ctx.get_data("context")).With(saved[1..]);
        var needsInput = (bool)ctx.get_data("hidden");
        var adapters = (AdapterSet)ctx.get_data("adapters");
        using var pass = adapters.State.Repeat((AdapterPass)ctx.get_data("pass"));   // other adapters may have run since, and drawn numbers
        var trained = adapters.Trained(layer);
        using var withGrad = enable_grad();
        var hidden = saved[0].detach().requires_grad_(needsInput);
        var output = layer.call(hidden, context);
        var gradients = autograd.grad([output], needsInput ? [hidden, .. trained] : trained, [grad_output], allow_unused: true);
        var results = gradients.Select(gradient => gradient is null || gradient.IsInvalid ? null! : gradient.MoveToOuterDisposeScope()).ToList();
        if (!needsInput) results.Insert(0, null!);
        return [.. results, null!, null!, null!];
    }
}
