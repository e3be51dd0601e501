using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>
/// Anchored Preference Optimization, zero: <c>[1 - σ(β r_w)] + σ(β r_l)</c> with <c>r = log π - log ref</c>. Raises the chosen response and
/// lowers the other, each against the reference.
/// </summary>
/// <remarks>D'Oosterlinck et al. 2024 (arXiv 2408.06266), eq. 7. For chosen responses better than what the model gives today.</remarks>
public sealed class ApoZeroLoss : PairLoss
{
    /// <summary>Strength of the pull towards the reference, per nat.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <inheritdoc/>
    public override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2)
    {
        var (policy, reference) = PairInputs.Checked(input1, input2);
        using var scope = NewDisposeScope();
        var ratios = LogRatios.Of(policy, reference);   // [B] nats
        var loss = (-Beta * ratios.Chosen).sigmoid() + (Beta * ratios.Rejected).sigmoid();   // 1 - σ(x) = σ(-x), without cancellation
        return ratios.Output(loss, Beta);
    }
}
