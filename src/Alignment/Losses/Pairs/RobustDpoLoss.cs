using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>
/// Robust DPO: the DPO loss without the bias that flipped labels give it. With <c>z = β [(log π_w - log ref_w) - (log π_l - log ref_l)]</c> and
/// flip rate ε: <c>[-(1 - ε) log σ(z) + ε log σ(-z)] / (1 - 2ε)</c>.
/// </summary>
/// <remarks>Chowdhury et al. 2024 (arXiv 2403.00409). Unlike cDPO the swapped pair is subtracted: the loss has no lower bound.</remarks>
public sealed class RobustDpoLoss : PairLoss
{
    /// <summary>Strength of the pull towards the reference, per nat.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <summary>Share of labels that are the wrong way round, ε.</summary>
    /// <value>The default is 0.1, as in the paper. At least 0 (then it is DPO) and below 0.5.</value>
    public double LabelSmoothing { get; init => field = Ensure.AtLeastZeroBelow(value, 0.5); } = 0.1;

    /// <summary>The divergence from the reference.</summary>
    /// <value>The default is <see cref="ReverseKl"/>.</value>
    public FDivergence Divergence { get; init => field = Ensure.NotNull(value); } = new ReverseKl();

    /// <inheritdoc/>
    public override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2)
    {
        var (policy, reference) = PairInputs.Checked(input1, input2);
        using var scope = NewDisposeScope();
        var ratios = LogRatios.Of(policy, reference);   // [B] nats
        var z = Beta * ratios.Margin(Divergence);       // [B] log-odds that the chosen response wins
        var loss = (LabelSmoothing * F.logsigmoid(-z) - (1 - LabelSmoothing) * F.logsigmoid(z)) / (1 - 2 * LabelSmoothing);
        return ratios.Output(loss, Beta);
    }
}
