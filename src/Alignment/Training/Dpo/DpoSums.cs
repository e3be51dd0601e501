using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Sums over the pairs of a step, read from the device once a batch.</summary>
internal sealed class DpoSums(int pairs)
{
    private double _chosenReward, _rejectedReward, _wins, _chosenLogProb, _rejectedLogProb;
    private int _tokens;

    public int Pairs => pairs;

    public double Loss { get; private set; }

    public void Add(PairLogProbs policy, PairLossOutput output, int tokens)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var sums = stack(
        [
            output.PerPair.sum(), output.ChosenRewards.sum(), output.RejectedRewards.sum(),
            output.ChosenRewards.gt(output.RejectedRewards).sum().to(output.PerPair.dtype), policy.Chosen.sum(), policy.Rejected.sum(),
        ]).to(ScalarType.Float64).data<double>().ToArray();
        Loss += sums[0];
        _chosenReward += sums[1];
        _rejectedReward += sums[2];
        _wins += sums[3];
        _chosenLogProb += sums[4];
        _rejectedLogProb += sums[5];
        _tokens += tokens;
    }

    public DpoStep Mean<TRow>(StepBatch<TRow> step, OptimizerUpdate update, TimeSpan elapsed) => new()
    {
        Step = step.Step,
        Epoch = step.Epoch,
        Loss = Loss / pairs,
        ChosenReward = _chosenReward / pairs,
        RejectedReward = _rejectedReward / pairs,
        Accuracy = _wins / pairs,
        ChosenLogProb = _chosenLogProb / pairs,
        RejectedLogProb = _rejectedLogProb / pairs,
        GradientNorm = update.GradientNorm,
        LearningRate = update.LearningRate,
        Tokens = _tokens,
        TokensPerSecond = _tokens / elapsed.TotalSeconds,
    };
}
