using TorchSharp;
using static TorchSharp.torch;

namespace Packages.Tests;

public sealed class AutogradTests
{
    [Fact]
    public void Gradients_add_up_until_they_are_cleared()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, 2.0 }).requires_grad_();
        (x * x).sum().backward();
        (x * x).sum().backward();
        Assert.Equal([4.0, 8.0], x.grad!.data<double>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void No_grad_is_of_the_thread_and_nests()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
            var elsewhere = false;
            var thread = new Thread(() => elsewhere = is_grad_enabled());
            thread.Start();
            thread.Join();
            Assert.True(elsewhere);
        }
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void Grad_returns_gradients_and_null_for_what_is_not_used()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (ones(1, requires_grad: true), ones(1, requires_grad: true));
        var gradients = autograd.grad([(x * 3).sum()], [x, y], allow_unused: true);
        Assert.Equal(3f, gradients[0].item<float>());
        Assert.True(gradients[1] is null || gradients[1].IsInvalid);
        Assert.Null(x.grad);
    }

    [Fact]
    public void A_graph_is_used_once_unless_it_is_retained()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = x.exp().sum();
        y.backward(retain_graph: true);
        y.backward();
        var error = Assert.ThrowsAny<Exception>(() => y.backward());
        Assert.Contains("backward through the graph a second time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_of_one_tensor_uses_its_own_backward()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, 2.0, 3.0 }).requires_grad_();
        var y = ScaledSquare.apply(x, 0.5);
        Assert.Equal([0.5, 2, 4.5], y.data<double>().ToArray());
        (y * tensor(new[] { 1.0, 10, 100 })).sum().backward();
        Assert.Equal([1.0, 20, 300], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void A_backward_that_computes_forward_again_gives_the_same_gradients()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 0.3, -0.7 }).requires_grad_();
        var w = tensor(new[] { 1.5, 2.5 }).requires_grad_();
        (x * w).tanh().sum().backward();
        var (expectedX, expectedW) = (x.grad!.clone(), w.grad!.clone());
        x.grad = null;
        w.grad = null;

        var outputs = RecomputedTanh.apply(x, w);
        Assert.Equal(2, outputs.Count);
        outputs[0].sum().backward();

        Assert.Equal(expectedX.data<double>().ToArray(), x.grad!.data<double>().ToArray());
        Assert.Equal(expectedW.data<double>().ToArray(), w.grad!.data<double>().ToArray());
    }

    [Fact]
    public void Without_gradients_a_function_is_its_forward()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Assert.False(ScaledSquare.apply(ones(1, requires_grad: true), 2.0).requires_grad);
    }

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        using var x = ones(4, requires_grad: true);
        long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        long before = 0;
        for (var step = 0; step < 20; step++)
        {
            using (var scope = NewDisposeScope())
            {
                ScaledSquare.apply(x, 0.5).sum().backward();
                RecomputedTanh.apply(x, x * 2)[0].sum().backward();
            }
            x.grad = null;
            if (step == 2) before = Live();
        }
        Assert.Equal(before, Live());
    }

    private sealed class ScaledSquare : autograd.SingleTensorFunction<ScaledSquare>
    {
        public override string Name => nameof(ScaledSquare);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var (x, scale) = ((Tensor)vars[0], (double)vars[1]);
            ctx.save_for_backward([x]);
            ctx.save_data("scale", scale);
            return x * x * scale;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            using var scope = NewDisposeScope();
            var x = ctx.get_saved_variables()[0];
            return [(grad_output * x * (2 * (double)ctx.get_data("scale"))).MoveToOuterDisposeScope(), null!];
        }
    }

    /// <summary>Keeps its inputs alone and differentiates a second forward inside backward, as checkpointing does.</summary>
    private sealed class RecomputedTanh : autograd.MultiTensorFunction<RecomputedTanh>
    {
        public override string Name => nameof(RecomputedTanh);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var (x, w) = ((Tensor)vars[0], (Tensor)vars[1]);
            ctx.save_for_backward([x, w]);
            return [(x * w).tanh(), (x + w).detach()];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            using var scope = NewDisposeScope();
            var saved = ctx.get_saved_variables();
            var (x, w) = (saved[0].detach().requires_grad_(), saved[1].detach().requires_grad_());
            using var grad = enable_grad();
            autograd.backward((x * w).tanh(), grad_outputs[0]);
            return [x.grad!.MoveToOuterDisposeScope(), w.grad!.MoveToOuterDisposeScope()];
        }
    }
}
