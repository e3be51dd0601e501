using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class RunningRewardNormalizerTests
{
    [Fact]
    public void Two_batches_merge_by_hand()
    {
        // (1, 3): n 2, mean 2, squares 2. Then (6): gap 4, mean 2 + 4 / 3 = 10/3, squares 2 + 16 * 2 / 3 = 38/3, variance 19/3.
        var normalizer = new RunningRewardNormalizer();
        normalizer.Update(tensor(new[] { 1.0, 3 }));
        normalizer.Update(tensor(new[] { 6.0 }));
        Assert.Equal(3, normalizer.Count);
        Near.Equal(10 / 3.0, normalizer.Mean, 1e-15);
        Near.Equal(19 / 3.0, normalizer.Variance, 1e-15);
        var scale = 1 / Math.Sqrt(19 / 3.0 + 1e-8);
        Near.Equal([0, scale], TensorAssert.Doubles(normalizer.Normalize(tensor(new[] { 10 / 3.0, 13 / 3.0 }))), 1e-15);
    }

    [Fact]
    public void Scores_may_be_scaled_only_and_clipped()
    {
        // variance of (-1, 1) is 2; 4 / sqrt 2 = 2.83 -> 2.5; -1 / sqrt 2 = -0.7071
        var normalizer = new RunningRewardNormalizer { ShiftMean = false, Clip = 2.5 };
        normalizer.Update(tensor(new[] { 9.0, 11 }));
        Near.Equal([2.5, -1 / Math.Sqrt(2 + 1e-8)], TensorAssert.Doubles(normalizer.Normalize(tensor(new[] { 4.0, -1 }))), 1e-15);
    }

    [Fact]
    public void Before_two_scores_nothing_is_scaled()
    {
        var normalizer = new RunningRewardNormalizer();
        Near.Equal([5], TensorAssert.Doubles(normalizer.Normalize(tensor(new[] { 5.0 }))), 1e-7);
        normalizer.Update(tensor(new[] { 2.0 }));
        Near.Equal([3], TensorAssert.Doubles(normalizer.Normalize(tensor(new[] { 5.0 }))), 1e-7);
    }

    [Fact]
    public void Settings_inputs_and_states_are_checked()
    {
        Assert.StartsWith("Clip must be", Assert.Throws<ArgumentOutOfRangeException>(() => new RunningRewardNormalizer { Clip = 0 }).Message, StringComparison.Ordinal);
        var normalizer = new RunningRewardNormalizer();
        Assert.StartsWith("scores must be finite. The score of response 1 was NaN.", Assert.Throws<ArgumentException>(() => normalizer.Update(tensor(new[] { 1, double.NaN }))).Message, StringComparison.Ordinal);
        Assert.StartsWith("scores must be [S] with at least one response", Assert.Throws<ArgumentException>(() => normalizer.Update(zeros(0))).Message, StringComparison.Ordinal);
        Assert.StartsWith("scores must be [S] with at least one response", Assert.Throws<ArgumentException>(() => normalizer.Normalize(zeros(1, 1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => normalizer.Restore(new RewardNormalizerState(1, 0, -1)));
        Assert.Throws<ArgumentException>(() => normalizer.Restore(new RewardNormalizerState(-1, 0, 0)));
        Assert.Throws<ArgumentException>(() => normalizer.Restore(new RewardNormalizerState(1, double.NaN, 0)));
        Assert.Equal(new RewardNormalizerState(0, 0, 0), normalizer.State);
    }
}
