using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>
/// Anchored Preference Optimization, down: <c>σ(β r_w) + [1 - σ(β (r_w - r_l))]</c> with <c>r = log π - log ref</c>. Lowers both responses, the
/// chosen one less.
/// </summary>
/// <remarks>
/// D'Oosterlinck et al. 2024 (arXiv 2408.06266), eq. 8. For chosen responses worse than what the model gives today. The divergence acts on the
/// difference only; the anchor <c>σ(β r_w)</c> stays a log-ratio.
/// </remarks>
public sealed class ApoDownLoss : PairLoss
{
    /// <summary>Strength of the pull towards the reference, per nat.</summary>
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
        var loss = (Beta * ratios.Chosen).sigmoid() + (-Beta * ratios.Margin(Divergence)).sigmoid();   // 1 - σ(x) = σ(-x)
        return ratios.Output(loss, Beta);
    }
}
