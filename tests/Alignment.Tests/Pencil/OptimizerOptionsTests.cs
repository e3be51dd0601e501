using Alignment.Training;

namespace Alignment.Tests.Pencil;

public sealed class OptimizerOptionsTests
{
    [Fact]
    public void A_linear_schedule_rises_from_0_and_falls_to_0()
    {
        // warm-up of 2 in 10 steps: 0, 1/2, then 1 - (step - 2) / 8
        var options = new OptimizerOptions { WarmupSteps = 2 };
        Assert.Equal([0, 0.5, 1, 0.875, 0.125], new[] { 0, 1, 2, 3, 9 }.Select(step => options.RateAt(step, 10, 1)));
    }

    [Fact]
    public void A_cosine_schedule_is_half_way_down_in_the_middle()
    {
        var options = new OptimizerOptions { Schedule = LearningRateSchedule.Cosine };
        Near.Equal([1, 0.5, 0.5 * (1 + Math.Cos(0.9 * Math.PI))], [.. new[] { 0, 5, 9 }.Select(step => options.RateAt(step, 10, 1))], 1e-15);
    }

    [Fact]
    public void A_constant_schedule_warms_up_by_ratio_rounded_up()
    {
        // 0.25 of 10 steps are 2.5, so 3 steps of warm-up
        var options = new OptimizerOptions { Schedule = LearningRateSchedule.Constant, WarmupRatio = 0.25 };
        Near.Equal([0, 2.0 / 3, 4.0 / 3, 2, 2], [.. new[] { 0, 1, 2, 3, 9 }.Select(step => options.RateAt(step, 10, 2))], 1e-15);
    }

    [Fact]
    public void Wrong_settings_fail_where_they_are_written()
    {
        Assert.StartsWith("LearningRate must be a finite number greater than 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerOptions { LearningRate = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Beta2 must be at least 0 and below 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerOptions { Beta2 = 1 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("WarmupSteps must be at least 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerOptions { WarmupSteps = -1 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("BatchSize must be at least 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new RunOptions { BatchSize = 0 }).Message, StringComparison.Ordinal);
    }
}
