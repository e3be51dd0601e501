using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Hinge on the log-ratios (SLiC-HF): <c>max(0, 1 - β [(log π_w - log ref_w) - (log π_l - log ref_l)])</c>.</summary>
/// <remarks>Zhao et al. 2023 (arXiv 2305.10425), in the form with a reference and margin <c>1/β</c> of Liu et al. 2023 (arXiv 2309.06657).</remarks>
public sealed class HingeLoss : PairLoss
{
    /// <summary>The margin beyond which a pair costs nothing is <c>1 / β</c> nats.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <summary>The divergence from the reference.</summary>
    /// <value>The default is <see cref="ReverseKl"/>.</value>
    public FDivergence Divergence { get; init => field = Ensure.NotNull(value); } = new ReverseKl();

    /// <inheritdoc/>
    public override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2)
    {
        var (policy, reference) = PairInputs.Checked(input1, input2);
        using var scope = NewDisposeScope();
        var ratios = LogRatios.Of(policy, reference);   // [B] nats
        var loss = (1 - Beta * ratios.Margin(Divergence)).relu();
        return ratios.Output(loss, Beta);
    }
}
