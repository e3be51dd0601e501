using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>
/// Anchored preference optimization on single responses: with <c>r = log π - log ref</c>, <c>λ_D [1 - σ(β r)]</c> for a desirable response
/// and <c>λ_U σ(β r)</c> for an undesirable one.
/// </summary>
/// <remarks>
/// D'Oosterlinck et al. 2024 (arXiv 2408.06266), APO-zero (eq. 7) taken apart into its two responses; that is KTO without its KL term, so
/// rows are not coupled. For responses better than what the model gives today.
/// </remarks>
public sealed class ApoZeroUnpairedLoss : UnpairedLoss
{
    /// <summary>How quickly a gain over the reference stops to matter, per nat.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <summary>Weight of desirable responses, <c>λ_D</c>.</summary>
    /// <value>The default is 1. Finite and at least 0.</value>
    public double DesirableWeight { get; init => field = Ensure.NotNegative(value); } = 1;

    /// <summary>Weight of undesirable responses, <c>λ_U</c>.</summary>
    /// <value>The default is 1. Finite and at least 0.</value>
    public double UndesirableWeight { get; init => field = Ensure.NotNegative(value); } = 1;

    /// <inheritdoc/>
    public override bool NeedsMismatched => false;

    /// <inheritdoc/>
    public override UnpairedLossOutput forward(UnpairedLogProbs input)
    {
        var (policy, reference, desirable, _) = UnpairedInputs.Checked(input);
        using var scope = NewDisposeScope();
        var ratio = policy - reference;                             // [B] nats
        var gain = where(desirable, ratio, -ratio);                 // [B] nats in the wanted direction
        var missed = F.logsigmoid(-Beta * gain).exp();              // [B] 1 - σ(β gain), exact at both ends in value and slope
        var loss = where(desirable, DesirableWeight * missed, UndesirableWeight * missed);
        return new UnpairedLossOutput(
            loss.MoveToOuterDisposeScope(),
            (Beta * ratio.detach()).MoveToOuterDisposeScope(),
            zeros([], dtype: policy.dtype, device: policy.device).MoveToOuterDisposeScope());
    }
}
