using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>
/// Efficient Exact Optimization on pairs: the KL from the policy's choice <c>q = σ(β [(log π_w - log ref_w) - (log π_l - log ref_l)])</c> to the
/// label <c>1 - ε</c>: <c>q [log q - log(1 - ε)] + (1 - q) [log(1 - q) - log ε]</c>.
/// </summary>
/// <remarks>Ji et al. 2024 (arXiv 2402.00856), eq. 16. The KL runs the other way round than in DPO: towards one mode, not over all.</remarks>
public sealed class ExoLoss : PairLoss
{
    /// <summary>Strength of the pull towards the reference, per nat.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <summary>Probability ε that the rejected response is the better one; log ε bounds the loss.</summary>
    /// <value>The default is 1e-3, as in the paper. Greater than 0 and below 0.5.</value>
    public double LabelSmoothing { get; init => field = Ensure.AboveZeroBelow(value, 0.5); } = 1e-3;

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
        var loss = z.sigmoid() * (F.logsigmoid(z) - Math.Log(1 - LabelSmoothing))
            + (-z).sigmoid() * (F.logsigmoid(-z) - Math.Log(LabelSmoothing));
        return ratios.Output(loss, Beta);
    }
}
