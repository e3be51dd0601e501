using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Packages.Tests;

/// <summary>AdamW and its relatives against their equations, in double precision on paper.</summary>
public sealed class AdamWTests
{
    // m = 0.9 m + 0.1 g; v = 0.999 v + 0.001 g²; w -= 0.1 (m / (1 - 0.9ᵗ)) / (√v / √(1 - 0.999ᵗ) + 1e-8), for g = 1, 0, 2.
    //   t = 1: m = 0.1, v = 0.001; the step is 0.1 · 1 / (1 + 1e-8)
    //   t = 2: m = 0.09, v = 0.000999; 0.1 · (0.09 / 0.19) / √(0.000999 / 0.001999) = 0.0670058245
    //   t = 3: m = 0.281, v = 0.004998001; 0.1 · (0.281 / 0.271) / √(0.004998001 / 0.002997001) = 0.0802938533
    private static readonly float[] Gradients = [1f, 0f, 2f];

    [Fact]
    public void Three_steps_by_hand()
    {
        using var weight = new Parameter(ones(1, dtype: ScalarType.Float64));
        using var adamW = optim.AdamW([weight], lr: 0.1);
        Assert.Equal([0.900000001, 0.8329941765341887, 0.7527003232237626], Run(adamW, weight), Near);
        var state = (AdamW.State)adamW.state_dict().State[0];
        Assert.Equal(3, state.step);
        Assert.Equal(0.281, state.exp_avg.item<double>(), 12);
        Assert.Equal(0.004998001, state.exp_avg_sq.item<double>(), 12);
    }

    [Fact]
    public void Weight_decay_shrinks_the_weight_before_the_step()
    {
        // The same steps, each after w *= 1 - 0.1 · 0.5: 0.95 - 0.1, then 0.8075 - 0.067..., then 0.7034... - 0.080...
        using var weight = new Parameter(ones(1, dtype: ScalarType.Float64));
        using var adamW = optim.AdamW([weight], lr: 0.1, weight_decay: 0.5);
        Assert.Equal([0.850000001, 0.7404941764841887, 0.623175614349553], Run(adamW, weight), Near);
    }

    [Fact]
    public void Amsgrad_divides_by_the_largest_average_so_far()
    {
        // Without new gradients v falls by 0.999 a step and its maximum stays: the second step is 0.1 (0.09 / 0.19) / √(0.001 / 0.001999).
        using var weight = new Parameter(ones(1, dtype: ScalarType.Float64));
        using var adamW = optim.AdamW([weight], lr: 0.1, amsgrad: true);
        Assert.Equal(0.900000001 - 0.1 * (0.09 / 0.19) / Math.Sqrt(0.001 / 0.001999), Run(adamW, weight)[1], 8);
    }

    [Fact]
    public void Maximizing_turns_the_step_round()
    {
        using var weight = new Parameter(ones(1, dtype: ScalarType.Float64));
        using var adamW = optim.AdamW([weight], lr: 0.1, maximize: true);
        Assert.Equal(1.099999999, Run(adamW, weight)[0], 8);
    }

    [Fact]
    public void Momentum_by_hand()
    {
        // g = 1, 0, 2 with momentum 0.5: buffer 1, 0.5, 2.25; steps of 0.1.
        using var weight = new Parameter(ones(1, dtype: ScalarType.Float64));
        using var sgd = optim.SGD([weight], 0.1, momentum: 0.5);
        Assert.Equal([0.9, 0.85, 0.625], Run(sgd, weight), Near);
    }

    [Fact]
    public void A_bfloat16_weight_of_one_does_not_move_by_a_thousandth()
    {
        // Below 1 the bfloat16 numbers lie 1/256 apart: 1 - 0.001 rounds to 1. The state has the parameter's type.
        using var weight = new Parameter(ones(1, dtype: ScalarType.BFloat16));
        using var adamW = optim.AdamW([weight], lr: 1e-3);
        for (var i = 0; i < 10; i++)
        {
            weight.grad = ones(1, dtype: ScalarType.BFloat16);
            adamW.step();
        }
        Assert.Equal(1f, weight.to(ScalarType.Float32).item<float>());
        Assert.Equal(ScalarType.BFloat16, ((AdamW.State)adamW.state_dict().State[0]).exp_avg.dtype);
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays_as_it_is()
    {
        using var weight = new Parameter(ones(1));
        using var adamW = optim.AdamW([weight], lr: 0.1, weight_decay: 0.5);
        adamW.step();
        Assert.Equal(1f, weight.item<float>());
        Assert.Equal(0, ((AdamW.State)adamW.state_dict().State[0]).step);
    }

    [Fact]
    public void A_parameter_listed_twice_moves_twice()
    {
        using var weight = new Parameter(ones(1));
        using var adamW = optim.AdamW([weight, weight], lr: 0.1);
        weight.grad = ones(1);
        adamW.step();
        Assert.Equal(0.8f, weight.item<float>(), 5); // 1 - 0.1 - 0.1
    }

    [Fact]
    public void Zero_grad_of_an_optimizer_fills_and_does_not_drop()
    {
        using var weight = new Parameter(ones(2));
        using var adamW = optim.AdamW([weight]);
        adamW.zero_grad();
        Assert.Null(weight.grad);
        weight.grad = ones(2);
        adamW.zero_grad();
        Assert.Equal([0f, 0f], weight.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Optimizers_made_and_stepped_in_scopes_keep_their_states()
    {
        using var weight = new Parameter(ones(1, dtype: ScalarType.Float64));
        AdamW adamW;
        using (NewDisposeScope()) adamW = optim.AdamW([weight], lr: 0.1, amsgrad: true);
        for (var i = 0; i < 2; i++)
        {
            using var scope = NewDisposeScope();
            weight.grad = ones(1, dtype: ScalarType.Float64);
            adamW.step();
        }
        Assert.Equal(0.800000002, weight.item<double>(), 8);
        var average = ((AdamW.State)adamW.state_dict().State[0]).exp_avg;
        adamW.Dispose();
        Assert.True(average.IsInvalid);
    }

    [Fact]
    public void A_closure_computes_the_loss_with_gradients()
    {
        using var weight = new Parameter(ones(1));
        using var sgd = optim.SGD([weight], 0.1);
        using var noGrad = no_grad();
        using var loss = sgd.step(() =>
        {
            var square = weight * weight;
            square.backward();
            return square;
        });
        Assert.Equal(1f, loss.item<float>());
        Assert.Equal(0.8f, weight.item<float>(), 6); // 1 - 0.1 · 2
    }

    [Fact]
    public void Groups_have_their_own_options_and_take_the_rest_from_the_defaults()
    {
        using var fast = new Parameter(ones(1));
        using var slow = new Parameter(ones(1));
        using var adamW = optim.AdamW(
            [new AdamW.ParamGroup { Parameters = [fast] }, new AdamW.ParamGroup { Parameters = [slow], Options = new() { LearningRate = 0.01 } }],
            lr: 0.1, beta1: 0.5);
        Assert.Equal([0.1, 0.01], adamW.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([0.1, 0.01], adamW.ParamGroups.Select(group => group.InitialLearningRate));
        Assert.All(adamW.ParamGroups, group => Assert.Equal((0.5, 0.999), ((optim.IBetas)group).Betas));
        (fast.grad, slow.grad) = (ones(1), ones(1));
        adamW.step();
        Assert.Equal(0.9f, fast.item<float>(), 6);
        Assert.Equal(0.99f, slow.item<float>(), 6);
        Assert.Equal(2, adamW.parameters().Count());
    }

    [Theory]
    [InlineData(-1.0, 0.9, 0.999, 1e-8, 0.0, "Invalid learning rate: -1")]
    [InlineData(0.1, 1.0, 0.999, 1e-8, 0.0, "Invalid beta1: 1")]
    [InlineData(0.1, 0.9, 1.5, 1e-8, 0.0, "Invalid beta2: 1.5")]
    [InlineData(0.1, 0.9, 0.999, -1.0, 0.0, "Invalid ε: -1")]
    [InlineData(0.1, 0.9, 0.999, 1e-8, -2.0, "Invalid weight_decay value: -2")]
    public void Wrong_options_are_refused(double lr, double beta1, double beta2, double eps, double decay, string message)
    {
        using var weight = new Parameter(ones(1));
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => optim.AdamW([weight], lr, beta1, beta2, eps, decay)).Message);
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-8;

    private static double[] Run(optim.Optimizer optimizer, Parameter weight) => Gradients.Select(gradient =>
    {
        weight.grad = full(1, gradient, dtype: ScalarType.Float64);
        optimizer.step();
        return weight.item<double>();
    }).ToArray();
}
