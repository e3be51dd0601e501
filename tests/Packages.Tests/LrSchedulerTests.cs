using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace Packages.Tests;

/// <summary>Learning rates by epoch, from an initial rate of 1.</summary>
public sealed class LrSchedulerTests
{
    [Fact]
    public void A_lambda_multiplies_the_initial_rate()
    {
        using var optimizer = Optimizer();
        AssertRates(optimizer, lr_scheduler.LambdaLR(optimizer, epoch => 1.0 / (epoch + 1)), [1, 1.0 / 2, 1.0 / 3, 1.0 / 4]);
    }

    [Fact]
    public void A_line_from_a_half_to_one()
    {
        using var optimizer = Optimizer();
        AssertRates(optimizer, lr_scheduler.LinearLR(optimizer, start_factor: 0.5, total_iters: 2), [0.5, 0.75, 1, 1]);
    }

    [Fact]
    public void A_constant_factor_for_two_epochs()
    {
        using var optimizer = Optimizer();
        AssertRates(optimizer, lr_scheduler.ConstantLR(optimizer, factor: 0.25, total_iters: 2), [0.25, 0.25, 1, 1]);
    }

    [Fact]
    public void Half_a_cosine_and_on_along_the_wave()
    {
        // 0.2 + 0.8 (1 + cos(π t / 3)) / 2: the cosine is 1, 0.5, -0.5, -1, -0.5, 0.5
        using var optimizer = Optimizer();
        AssertRates(optimizer, lr_scheduler.CosineAnnealingLR(optimizer, 3, eta_min: 0.2), [1, 0.8, 0.4, 0.2, 0.4, 0.8]);
    }

    [Fact]
    public void Warm_up_and_then_a_cosine()
    {
        // The line gives 0.5 and 0.75; at the milestone the cosine starts at its epoch 0.
        using var optimizer = Optimizer();
        var line = lr_scheduler.LinearLR(optimizer, start_factor: 0.5, total_iters: 2);
        var cosine = lr_scheduler.CosineAnnealingLR(optimizer, 2);
        AssertRates(optimizer, lr_scheduler.SequentialLR(optimizer, [line, cosine], [2]), [0.5, 0.75, 1, 0.5, 0]);
    }

    [Fact]
    public void An_epoch_given_by_number_is_computed_in_closed_form()
    {
        using var optimizer = Optimizer();
        var line = lr_scheduler.LinearLR(optimizer, start_factor: 0.5, total_iters: 4);
        line.step(3);
        Assert.Equal(0.875, Rate(optimizer), 12);
        line.step(9);
        Assert.Equal(1.0, Rate(optimizer), 12);
    }

    [Fact]
    public void A_sequence_wants_one_milestone_less_than_schedulers_and_one_optimizer()
    {
        using var optimizer = Optimizer();
        using var other = Optimizer();
        var line = lr_scheduler.LinearLR(optimizer);
        Assert.StartsWith("Received 1 schedulers and 1 milestones.",
            Assert.Throws<ArgumentException>(() => lr_scheduler.SequentialLR(optimizer, [line], [1])).Message, StringComparison.Ordinal);
        Assert.Equal("The SequentialLR scheduler expects all its sub-schedulers to be bound to the same optimizer.",
            Assert.Throws<ArgumentException>(() => lr_scheduler.SequentialLR(other, [line], [])).Message);
    }

    private static void AssertRates(Optimizer optimizer, lr_scheduler.LRScheduler scheduler, double[] expected)
    {
        for (var epoch = 0; epoch < expected.Length; epoch++)
        {
            Assert.Equal(expected[epoch], Rate(optimizer), 12);
            Assert.Equal(expected[epoch], scheduler.get_last_lr().Single(), 12);
            scheduler.step();
        }
    }

    private static double Rate(Optimizer optimizer) => optimizer.ParamGroups.Single().LearningRate;

    private static SGD Optimizer() => SGD([new Parameter(ones(1))], 1.0);
}
