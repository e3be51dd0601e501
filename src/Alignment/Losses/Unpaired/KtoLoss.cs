using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>
/// Kahneman-Tversky Optimization: with <c>r = log π - log ref</c>, <c>λ_D [1 - σ(β (r - KL))]</c> for a desirable response and
/// <c>λ_U [1 - σ(β (KL - r))]</c> for an undesirable one.
/// </summary>
/// <remarks>
/// Ethayarajh et al. 2024 (arXiv 2402.01306), eq. 7 and 8. The rows of a batch are coupled through one number only,
/// <c>KL = max(0, mean(log π - log ref))</c> over the mismatched responses, through which no gradient flows. A batch may hold one class only.
/// </remarks>
public sealed class KtoLoss : UnpairedLoss
{
    /// <summary>How quickly a gain over the reference stops to matter, per nat.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <summary>Weight of desirable responses, <c>λ_D</c>.</summary>
    /// <value>The default is 1. Finite and at least 0; the paper keeps <c>λ_D n_D / (λ_U n_U)</c> between 1 and 3/2.</value>
    public double DesirableWeight { get; init => field = Ensure.NotNegative(value); } = 1;

    /// <summary>Weight of undesirable responses, <c>λ_U</c>.</summary>
    /// <value>The default is 1. Finite and at least 0.</value>
    public double UndesirableWeight { get; init => field = Ensure.NotNegative(value); } = 1;

    /// <inheritdoc/>
    public override bool NeedsMismatched => true;

    /// <inheritdoc/>
    public override UnpairedLossOutput forward(UnpairedLogProbs input)
    {
        var (policy, reference, desirable, _) = UnpairedInputs.Checked(input);
        var mismatched = UnpairedInputs.CheckedMismatched(input);
        using var scope = NewDisposeScope();
        var kl = (mismatched.Policy - mismatched.Reference).mean().clamp_min(0).detach();   // [] nats
        var ratio = policy - reference;                                                     // [B] nats
        var gain = where(desirable, ratio - kl, kl - ratio);                                // [B] nats in the wanted direction
        var missed = F.logsigmoid(-Beta * gain).exp();                                      // [B] 1 - σ(β gain), exact at both ends in value and slope
        var loss = where(desirable, DesirableWeight * missed, UndesirableWeight * missed);
        return new UnpairedLossOutput(
            loss.MoveToOuterDisposeScope(),
            (Beta * ratio.detach()).MoveToOuterDisposeScope(),
            kl.MoveToOuterDisposeScope());
    }
}
