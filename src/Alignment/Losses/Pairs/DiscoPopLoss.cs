using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>
/// DiscoPOP, the log-ratio modulated loss: <c>(1 - m) (-log σ(z)) + m exp(-z)</c> with <c>m = σ(z / τ)</c> and
/// <c>z = β [(log π_w - log ref_w) - (log π_l - log ref_l)]</c>: logistic where the policy is wrong, exponential where it is right.
/// </summary>
/// <remarks>
/// Lu et al. 2024 (arXiv 2406.08414), eq. 5. The second term is computed as <c>exp(log m - z)</c>, which tends to 0 on both sides where
/// <c>m exp(-z)</c> taken apart is <c>0 · ∞</c>.
/// </remarks>
public sealed class DiscoPopLoss : PairLoss
{
    /// <summary>Strength of the pull towards the reference, per nat.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <summary>Width of the passage from the logistic to the exponential loss, τ.</summary>
    /// <value>The default is 0.05, as in the paper. Greater than 0 and at most 1: above that the exponential part would win where it must not.</value>
    public double Tau { get; init => field = Ensure.AboveZeroAtMost(value, 1); } = 0.05;

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
        var logistic = -F.logsigmoid(z) * (-z / Tau).sigmoid();
        var exponential = (F.logsigmoid(z / Tau) - z).exp();
        return ratios.Output(logistic + exponential, Beta);
    }
}
