using Alignment.Losses;
using Alignment.Rl;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Law;

public sealed class RewardStatisticsTests
{
    private static readonly double[] Values = SeededNumbers.Of(200, 41, -3, 7);

    [Fact]
    public void Whitening_gives_mean_0_and_variance_1()
    {
        var whitened = Whitening.ToZeroMean(tensor(Values));
        Near.Equal(0, whitened.mean().item<double>(), 1e-14);
        Near.Equal(1, whitened.var().item<double>(), 1e-8); // var / (var + 1e-8)
    }

    [Fact]
    public void Whitening_may_keep_the_mean()
    {
        var whitened = Whitening.KeepingMean(tensor(Values));
        Near.Equal(Values.Average(), whitened.mean().item<double>(), 1e-13);
        Near.Equal(1, whitened.var().item<double>(), 1e-8);
    }

    [Fact]
    public void What_does_not_count_changes_nothing()
    {
        var counts = Values.Select((_, i) => i % 3 != 0).ToArray();
        var mask = tensor(counts);
        var kept = tensor(Values.Where((_, i) => counts[i]).ToArray());
        var spoiled = tensor(Values.Select((v, i) => counts[i] ? v : i % 2 == 0 ? double.NaN : 1e300).ToArray());
        Near.Equal(kept.mean().item<double>(), TokenStatistics.Mean(spoiled, mask).item<double>(), 1e-14);
        Near.Equal(kept.var().item<double>(), TokenStatistics.Variance(spoiled, mask).item<double>(), 1e-14);
        TensorAssert.Near(Whitening.ToZeroMean(kept), Whitening.ToZeroMean(spoiled, mask).masked_select(mask), 1e-14);
        TensorAssert.Near(Whitening.KeepingMean(kept), Whitening.KeepingMean(spoiled, mask).masked_select(mask), 1e-14);
        Assert.True((Whitening.KeepingMean(spoiled, mask).masked_select(mask.logical_not()) == 0).all().item<bool>());
    }

    [Fact]
    public void Shares_of_batches_add_up_to_the_mean_of_the_step_in_value_and_gradient()
    {
        var (whole, cut) = (tensor(Values).requires_grad_(), tensor(Values).requires_grad_());
        var mean = TokenStatistics.Mean(whole.square());
        mean.backward();
        var sum = 0.0;
        foreach (var (start, length) in new[] { (0, 7), (7, 90), (97, 1), (98, 102) })
        {
            var share = TokenStatistics.ShareOfMean(cut.narrow(0, start, length).square(), Values.Length);
            share.backward();
            sum += share.item<double>();
        }

        Near.Equal(mean.item<double>(), sum, 1e-14);
        TensorAssert.Near(whole.grad!, cut.grad!, 1e-15);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e8)] // a level far above the spread: sums of squares would cancel
    public void The_running_moments_are_those_of_everything_seen(double level)
    {
        var normalizer = new RunningRewardNormalizer();
        var scores = Values.Select(v => v + level).ToArray();
        foreach (var (start, length) in new[] { (0, 1), (1, 50), (51, 149) }) normalizer.Update(tensor(scores[start..(start + length)]));
        var mean = scores.Average();
        Assert.Equal(scores.Length, normalizer.Count);
        Near.Equal(mean, normalizer.Mean, 1e-14);
        Near.Equal(scores.Sum(s => (s - mean) * (s - mean)) / (scores.Length - 1), normalizer.Variance, level == 0 ? 1e-13 : 1e-7);
        if (level == 0) TensorAssert.Near(Whitening.ToZeroMean(tensor(scores)), normalizer.Normalize(tensor(scores)), 1e-13);
    }

    [Fact]
    public void A_restored_normalizer_goes_on_to_the_same_bits()
    {
        var (saved, restored) = (new RunningRewardNormalizer(), new RunningRewardNormalizer());
        saved.Update(tensor(Values[..90]));
        restored.Restore(saved.State);
        saved.Update(tensor(Values[90..]));
        restored.Update(tensor(Values[90..]));
        Assert.Equal(saved.State, restored.State);
        Assert.Equal(TensorAssert.Doubles(saved.Normalize(tensor(Values))), TensorAssert.Doubles(restored.Normalize(tensor(Values))));
    }

    [Theory]
    [InlineData(9.0, 1)]
    [InlineData(3.0, -1)]
    public void The_controller_pushes_towards_its_target_by_at_most_its_bound(double kl, int direction)
    {
        var controller = new AdaptiveKlController();
        for (var batch = 0; batch < 20; batch++)
        {
            var before = controller.Coefficient;
            controller.Update(kl, 512);
            Assert.Equal(direction, Math.Sign(controller.Coefficient - before));
            Assert.InRange(controller.Coefficient / before, 1 - 0.2 * 0.0512 - 1e-12, 1 + 0.2 * 0.0512 + 1e-12);
        }
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        using var policyLoss = new PpoPolicyLoss { DualClip = 3 };
        using var valueLoss = new PpoValueLoss();
        using var bonus = new EntropyBonus();
        var (values, sequences, normalizer) = (tensor(Values), TokenSequences.Of([100, 60, 40]), new RunningRewardNormalizer());
        var scores = tensor(new[] { 1.0, 2, 3 });
        Run();
        var before = Live();
        Run();
        Assert.Equal(before, Live());

        long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

        void Run()
        {
            using var scope = NewDisposeScope();
            normalizer.Update(scores);
            var rewards = new KlRewardShaping { Estimator = new KlK3(), ScoreClip = 1 }.Of(sequences, values, values * 0.5, normalizer.Normalize(scores), 0.1);
            var estimate = new GeneralizedAdvantageEstimation().Of(sequences, Whitening.KeepingMean(rewards.PerToken), values);
            policyLoss.call(values, values * 0.9, Whitening.ToZeroMean(estimate.Advantages));
            valueLoss.call(values, values * 0.9, estimate.Returns);
            bonus.call(values.view(10, 20));
            Assert.Equal(new[] { 3L }, sequences.Sums(rewards.Kl).shape);
        }
    }
}
