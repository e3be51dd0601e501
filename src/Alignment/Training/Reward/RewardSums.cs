using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Sums over the pairs of a step, read from the device once a batch.</summary>
internal sealed class RewardSums
{
    private double _loss, _reward, _margin, _wins, _min = double.PositiveInfinity, _max = double.NegativeInfinity;
    private int _tokens;

    public void Add(Tensor loss, PairRewards rewards, RewardLossOutput output, int tokens)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var all = cat([rewards.Chosen, rewards.Rejected]);
        var numbers = stack([loss, all.sum(), output.Margins.sum(), output.Margins.gt(0).sum().to(loss.dtype), all.min(), all.max()])
            .to(ScalarType.Float64).data<double>().ToArray();
        NonFiniteException.Require(numbers[0], "The loss");
        _loss += numbers[0];
        _reward += numbers[1];
        _margin += numbers[2];
        _wins += numbers[3];
        _min = Math.Min(_min, numbers[4]);
        _max = Math.Max(_max, numbers[5]);
        _tokens += tokens;
    }

    public RewardStep Mean<TRow>(StepBatch<TRow> step, OptimizerUpdate update) => new()
    {
        Step = step.Step,
        Epoch = step.Epoch,
        Loss = _loss,
        MeanReward = _reward / (2 * step.Count),
        MinReward = _min,
        MaxReward = _max,
        Margin = _margin / step.Count,
        Accuracy = _wins / step.Count,
        GradientNorm = update.GradientNorm,
        LearningRate = update.LearningRate,
        Tokens = _tokens,
    };
}
