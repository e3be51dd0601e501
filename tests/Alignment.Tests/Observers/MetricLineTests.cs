using Alignment.Training;

namespace Alignment.Tests.Observers;

/// <summary>Lines for people.</summary>
public sealed class MetricLineTests
{
    [Theory]
    [InlineData(0.62314, "0.6231")]
    [InlineData(-0.62316, "-0.6232")]
    [InlineData(0.182, "0.1820")]
    [InlineData(0.00012345, "0.0001")]
    [InlineData(12.5, "12.50")]
    [InlineData(1234.5678, "1235")]
    [InlineData(123456.7, "123457")]
    [InlineData(1234567, "1.235e+06")]
    [InlineData(5e-7, "5e-07")]
    [InlineData(0, "0")]
    [InlineData(1, "1.000")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_number(double value, string expected) => Assert.Equal(expected, MetricLine.Number(value));

    [Fact]
    public void Steps_are_aligned()
    {
        Assert.Equal(
            "step  20/500  loss 0.6231     rewards/margins 0.1820     learning_rate 5e-07",
            MetricLine.Of(new StepMetrics(20, [new("loss", 0.62314), new("num_tokens", 1000), new("rewards/margins", 0.182), new("learning_rate", 5e-7)]), 500));
        Assert.Equal(
            "step 120/500  loss 12.50      rewards/margins -0.1820    learning_rate 2.5e-07",
            MetricLine.Of(new StepMetrics(120, [new("loss", 12.5), new("rewards/margins", -0.182), new("learning_rate", 2.5e-7)]), 500));
    }

    [Fact]
    public void An_evaluation_says_that_it_is_the_best()
    {
        Assert.Equal("step 2/4  eval/loss 0.4000  (best)", MetricLine.Of(RunEvents.Evaluation(2, 0.4), 4));
        Assert.Equal("step 2/4  eval/loss 0.4000", MetricLine.Of(RunEvents.Evaluation(2, 0.4) with { IsBest = false }, 4));
    }
}
