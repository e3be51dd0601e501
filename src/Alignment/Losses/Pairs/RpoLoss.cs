using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>
/// DPO plus supervised loss of the chosen response (RPO): <c>-log σ(β [r_w - r_l]) + α (-log π_w / |y_w|)</c> with <c>r = log π - log ref</c>.
/// Keeps the chosen response from losing probability while the margin grows.
/// </summary>
/// <remarks>
/// Pang et al. 2024 (arXiv 2404.19733), eq. 1, up to a factor: there the weight stands before DPO. Rewards are DPO's. For another preference
/// loss beside the supervised one, see <see cref="WeightedSumLoss"/>.
/// </remarks>
public sealed class RpoLoss : PairLoss
{
    /// <summary>Strength of the pull towards the reference, per nat.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <summary>Weight of the supervised loss, α.</summary>
    /// <value>The default is 1. Finite and at least 0.</value>
    public double NllWeight { get; init => field = Ensure.NotNegative(value); } = 1;

    /// <summary>Whether each chosen response is divided by its own length or all by the batch's mean length.</summary>
    /// <value>The default is <see cref="NllNormalization.PerResponse"/>.</value>
    public NllNormalization Normalization { get; init => field = Ensure.Defined(value); } = NllNormalization.PerResponse;

    /// <inheritdoc/>
    public override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2)
    {
        using var scope = NewDisposeScope();
        using var preference = new DpoLoss { Beta = Beta };
        using var supervised = new ChosenNllLoss { Normalization = Normalization };
        var output = preference.call(input1, input2);
        var loss = output.PerPair + NllWeight * supervised.call(input1, input2).PerPair;
        return new PairLossOutput(
            loss.MoveToOuterDisposeScope(),
            output.ChosenRewards.MoveToOuterDisposeScope(),
            output.RejectedRewards.MoveToOuterDisposeScope());
    }
}
