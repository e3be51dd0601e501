using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>Direct Preference Optimization: <c>-log σ(β [(log π_w - log ref_w) - (log π_l - log ref_l)])</c>.</summary>
/// <remarks>
/// Rafailov et al. 2023 (arXiv 2305.18290), eq. 7; with label smoothing, cDPO (Mitchell 2023, eq. 3); with another divergence than the
/// reverse KL, f-DPO (Wang et al. 2023, arXiv 2309.16240).
/// </remarks>
public sealed class DpoLoss : PairLoss
{
    /// <summary>Strength of the pull towards the reference, per nat.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <summary>Probability that a label is the wrong way round (cDPO).</summary>
    /// <value>The default is 0. At least 0 and below 0.5.</value>
    public double LabelSmoothing { get; init => field = Ensure.AtLeastZeroBelow(value, 0.5); }

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
        var loss = -F.logsigmoid(z);
        if (LabelSmoothing > 0) loss = (1 - LabelSmoothing) * loss - LabelSmoothing * F.logsigmoid(-z);
        return ratios.Output(loss, Beta);
    }
}
