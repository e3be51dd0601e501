using Alignment.Evaluation;

namespace Alignment.Tests.Pencil;

public sealed class WinRateTests
{
    [Fact]
    public void Ties_count_half()
    {
        Assert.Equal(0.5, WinRate.Of([2, 1, 1, 0], [1, 1, 1, 1]).Value);   // a win, two ties, a loss
        Assert.Equal(0.75, WinRate.Of([2, 1], [1, 1]).Value);
    }

    [Fact]
    public void The_interval_is_that_of_the_binomial_where_there_are_no_ties()
    {
        // 60 of 100: standard error √(0.6 · 0.4 / 100) = 0.049, so about 0.504 to 0.696; with 2,000 resamples within 0.02 of it.
        double[] ours = [.. Enumerable.Range(0, 100).Select(i => i < 60 ? 1.0 : -1.0)];
        var (_, low, high) = WinRate.Of(ours, new double[100]);
        Assert.InRange(low, 0.48, 0.53);
        Assert.InRange(high, 0.67, 0.72);
    }

    [Fact]
    public void Prompts_are_drawn_together_and_by_the_seed()
    {
        // All prompts are won, however hard they are: there is nothing to vary.
        Assert.Equal(new Estimate(1, 1, 1), WinRate.Of([10, -5, 0.1], [9, -6, 0]));
        double[] mixed = [1, -1, 1, 1, -1, 1, -1];
        Assert.Equal(WinRate.Of(mixed, new double[7], new BootstrapOptions { Seed = 1 }), WinRate.Of(mixed, new double[7], new BootstrapOptions { Seed = 1 }));
    }

    [Fact]
    public void What_is_no_comparison_is_refused()
    {
        Assert.StartsWith("There must be at least one prompt, with a score of each; got 0 and 0.", Assert.Throws<ArgumentException>(() => WinRate.Of([], [])).Message, StringComparison.Ordinal);
        Assert.StartsWith("There must be at least one prompt, with a score of each; got 2 and 1.", Assert.Throws<ArgumentException>(() => WinRate.Of([1, 2], [1])).Message, StringComparison.Ordinal);
        Assert.StartsWith("Every score must be a number", Assert.Throws<ArgumentException>(() => WinRate.Of([double.NaN], [1])).Message, StringComparison.Ordinal);
    }
}
