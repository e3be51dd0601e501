using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Sums over the responses of a step, read from the device once a batch.</summary>
internal sealed class KtoSums
{
    private readonly double[] _sums = new double[6];   // count, reward and log-probability of desirable responses, then of the others
    private double _loss, _kl;
    private int _tokens;

    public void Add(Tensor loss, Tensor policy, Tensor desirable, UnpairedLossOutput output, int tokens)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (good, bad) = (desirable.to(loss.dtype), desirable.logical_not().to(loss.dtype));
        var numbers = stack(
        [
            loss, output.Kl,
            good.sum(), (good * output.Rewards).sum(), (good * policy).sum(),
            bad.sum(), (bad * output.Rewards).sum(), (bad * policy).sum(),
        ]).to(ScalarType.Float64).data<double>().ToArray();
        NonFiniteException.Require(numbers[0], "The loss");
        _loss += numbers[0];
        _kl = numbers[1];   // one number for the whole step
        for (var i = 0; i < _sums.Length; i++) _sums[i] += numbers[2 + i];
        _tokens += tokens;
    }

    public KtoStep Mean<TRow>(StepBatch<TRow> step, OptimizerUpdate update) => new()
    {
        Step = step.Step,
        Epoch = step.Epoch,
        Loss = _loss,
        Kl = _kl,
        DesirableReward = _sums[1] / _sums[0],
        DesirableLogProb = _sums[2] / _sums[0],
        UndesirableReward = _sums[4] / _sums[3],
        UndesirableLogProb = _sums[5] / _sums[3],
        GradientNorm = update.GradientNorm,
        LearningRate = update.LearningRate,
        Tokens = _tokens,
    };
}
