using Alignment.Training;

namespace Alignment.Tests.Observers;

/// <summary>Which steps a line is about, and whether it tells the mean, the sum or the last number.</summary>
public sealed class StepMeansTests
{
    private readonly StepMeans _means = new();

    [Fact]
    public void Each_number_has_its_rule()
    {
        _means.Start(RunEvents.Started());
        Assert.Empty(_means.Add(RunEvents.Step(1, loss: 0.75, tokens: 100, tokensPerSecond: 50, gradientNorm: 2, learningRate: 1e-5)));
        var line = Assert.Single(_means.Add(RunEvents.Step(2, loss: 0.25, tokens: 300, tokensPerSecond: 300, gradientNorm: 1, learningRate: 2e-5)));

        Assert.Equal(2, line.Step);
        Assert.Equal(["loss", "grad_norm", "learning_rate", "epoch", "num_tokens", "tokens_per_second"], line.Metrics.Select(metric => metric.Name));
        // (0.75 + 0.25) / 2; (2 + 1) / 2; the last; the last; 100 + 300; 400 tokens in 100 / 50 + 300 / 300 = 3 seconds
        Assert.Equal([0.5, 1.5, 2e-5, 0.5, 400, 400.0 / 3], line.Metrics.Select(metric => metric.Value));
    }

    [Fact]
    public void What_was_not_measured_does_not_count()
    {
        _means.Start(RunEvents.Started(loggingSteps: 3));
        _means.Add(new StepMetrics(1, [new("a", double.NaN), new("b", double.NaN), new("c", 1)]));
        _means.Add(new StepMetrics(2, [new("a", 2), new("b", double.NaN)]));
        var line = Assert.Single(_means.Add(new StepMetrics(3, [new("a", 4), new("b", double.NaN), new("d", double.PositiveInfinity)])));
        Assert.Equal([new("a", 3), new("b", double.NaN), new("c", 1), new("d", double.PositiveInfinity)], line.Metrics);
    }

    [Fact]
    public void A_step_without_time_does_not_make_the_rate_infinite()
    {
        _means.Start(RunEvents.Started());
        _means.Add(RunEvents.Step(1, 1, tokens: 100, tokensPerSecond: double.PositiveInfinity));
        var line = Assert.Single(_means.Add(RunEvents.Step(2, 1, tokens: 10, tokensPerSecond: 5)));
        Assert.Equal(5, line.Metrics.Single(metric => metric.Name == "tokens_per_second").Value);
    }

    [Fact]
    public void A_step_left_out_where_a_line_was_due_delays_the_line_and_not_more()
    {
        _means.Start(RunEvents.Started());
        Assert.Empty(_means.Add(RunEvents.Step(1, 1)));
        // Step 2 was left out.
        Assert.Equal((1, 1.0), Loss(Assert.Single(_means.Add(RunEvents.Step(3, 5)))));
        Assert.Equal((4, 6.0), Loss(Assert.Single(_means.Add(RunEvents.Step(4, 7)))));
        // Steps 5 and 7 were left out: each line stands for itself.
        Assert.Equal((6, 2.0), Loss(Assert.Single(_means.Add(RunEvents.Step(6, 2)))));
        Assert.Empty(_means.Add(RunEvents.Step(9, 3)));
        Assert.Equal([(9, 3.0), (12, 8.0)], _means.Add(RunEvents.Step(12, 8)).Select(Loss));
    }

    [Fact]
    public void The_rest_is_told_once()
    {
        _means.Start(RunEvents.Started(loggingSteps: 10));
        Assert.Empty(_means.Rest());
        _means.Add(RunEvents.Step(1, 3));
        _means.Add(RunEvents.Step(2, 4));
        Assert.Equal((2, 3.5), Loss(Assert.Single(_means.Rest())));
        Assert.Empty(_means.Rest());
    }

    [Fact]
    public void A_run_that_goes_on_tells_the_same_means_to_the_bit()
    {
        var random = new SplitMix64(7);
        var steps = Enumerable.Range(1, 25).Where(step => step is not (6 or 15)).Select(step => RunEvents.Step(step, random.Next() / 3e18, (int)random.Below(500) + 1)).ToList();
        _means.Start(RunEvents.Started(loggingSteps: 5));
        var whole = steps.SelectMany(_means.Add).ToList();
        Assert.Equal([5, 10, 14, 20, 25], whole.Select(line => line.Step));

        for (var at = 1; at <= 25; at++)
        {
            // At least as many as a line has; what was heard after the checkpoint is void.
            var recent = steps.Where(step => step.Step > at - 5 && step.Step <= at + 1).Select(step => new StepMetrics(step.Step, step.Metrics)).ToList();
            var resumed = new StepMeans();
            resumed.Start(RunEvents.Started(at, loggingSteps: 5) with { RecentSteps = recent });
            var lines = steps.Where(step => step.Step > at).SelectMany(resumed.Add).ToList();
            var expected = whole.TakeLast(lines.Count).ToList();
            Assert.Equal(expected.Select(line => line.Step), lines.Select(line => line.Step));
            Assert.Equal(expected.SelectMany(line => line.Metrics), lines.SelectMany(line => line.Metrics));
            // The line of steps 11 to 14 is told when step 16 comes, since 15 was left out.
            Assert.Equal(whole.Count(line => line.Step > at || (at is 14 or 15 && line.Step == 14)), lines.Count);
        }
    }

    private static (int Step, double Loss) Loss(StepMetrics line) => (line.Step, line.Metrics[0].Value);
}
