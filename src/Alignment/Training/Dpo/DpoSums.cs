using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Sums over the pairs of a step, read from the device once a batch.</summary>
internal sealed class DpoSums
{
    private double _loss, _chosenReward, _rejectedReward, _wins, _chosenLogProb, _rejectedLogProb;
    private int _tokens;

    public void Add(Tensor loss, PairLogProbs policy, PairLossOutput output, int tokens)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var sums = stack(
        [
            loss, output.ChosenRewards.sum(), output.RejectedRewards.sum(),
            output.ChosenRewards.gt(output.RejectedRewards).sum().to(loss.dtype), policy.Chosen.sum(), policy.Rejected.sum(),
        ]).to(ScalarType.Float64).data<double>().ToArray();
        NonFiniteException.Require(sums[0], "The loss");
        _loss += sums[0];
        _chosenReward += sums[1];
        _rejectedReward += sums[2];
        _wins += sums[3];
        _chosenLogProb += sums[4];
        _rejectedLogProb += sums[5];
        _tokens += tokens;
    }

    public DpoStep Mean<TRow>(StepBatch<TRow> step, OptimizerUpdate update) => new()
    {
        Step = step.Step,
        Epoch = step.Epoch,
        Loss = _loss,
        ChosenReward = _chosenReward / step.Count,
        RejectedReward = _rejectedReward / step.Count,
        Accuracy = _wins / step.Count,
        ChosenLogProb = _chosenLogProb / step.Count,
        RejectedLogProb = _rejectedLogProb / step.Count,
        GradientNorm = update.GradientNorm,
        LearningRate = update.LearningRate,
        Tokens = _tokens,
    };
}
