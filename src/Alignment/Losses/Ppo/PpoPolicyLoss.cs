using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>
/// The clipped surrogate of PPO: <c>-min(r A, clip(r, 1 - ε, 1 + ε) A)</c> for each token, with <c>r = π / π_old</c>; with dual clipping,
/// tokens of negative advantage cost at most <c>c |A|</c>.
/// </summary>
/// <remarks>
/// Schulman et al. 2017 (arXiv 1707.06347), eq. 7; dual clipping Ye et al. 2020 (arXiv 1912.09729), eq. 5. Where the ratio has
/// left the range in the direction that the advantage favours, the gradient is 0; on the other side it is that of the plain surrogate.
/// The ratio follows its tangent above 20 nats, so that value and gradient are finite for every finite log-ratio.
/// </remarks>
public sealed class PpoPolicyLoss : nn.Module<Tensor, Tensor, Tensor, PpoPolicyOutput>
{
    /// <summary>Makes the loss with its usual settings.</summary>
    public PpoPolicyLoss() : base(nameof(PpoPolicyLoss)) { }

    /// <summary>How far the ratio may move from 1 before the surrogate stops to improve, <c>ε</c>.</summary>
    /// <value>The default is 0.2. Finite and greater than 0.</value>
    public double ClipRange { get; init => field = Ensure.Positive(value); } = 0.2;

    /// <summary>The ratio <c>c</c> above which a token of negative advantage stops to cost more.</summary>
    /// <value>The default is null, no such bound; 3 is usual. Finite and greater than 1.</value>
    public double? DualClip { get; init => field = value is { } bound ? Ensure.GreaterThan(bound, 1) : null; }

    /// <summary>Computes the loss of each response token.</summary>
    /// <param name="input1">Log-probabilities under the policy in training, <c>[M]</c> nats.</param>
    /// <param name="input2">Log-probabilities under the policy that sampled the tokens, <c>[M]</c> nats; no gradient flows into them.</param>
    /// <param name="input3">Advantages, <c>[M]</c>; no gradient flows into them.</param>
    /// <returns>Loss and diagnostics of each token, <c>[M]</c>; a trainer takes the mean over the tokens of its batch.</returns>
    /// <exception cref="ArgumentException">A shape, type or device does not fit, or there is no token.</exception>
    public override PpoPolicyOutput forward(Tensor input1, Tensor input2, Tensor input3)
    {
        var (policy, old, advantages) = Checked(input1, input2, input3);
        using var scope = NewDisposeScope();
        var logRatio = policy - old.detach();                                             // [M] nats
        var ratio = BoundedExponential.Exp(logRatio);                                     // [M]
        var cost = -advantages.detach();                                                  // [M]
        var plain = cost * ratio;
        var clipped = cost * ratio.clamp(1 - ClipRange, 1 + ClipRange);
        var pessimistic = maximum(plain, clipped);                                        // -min of the surrogates
        var bound = DualClip is { } c ? where(cost > 0, c * cost, full_like(cost, double.PositiveInfinity)) : null;
        var loss = bound is null ? pessimistic : minimum(pessimistic, bound);
        var change = logRatio.detach();
        return new PpoPolicyOutput(
            loss.MoveToOuterDisposeScope(),
            ratio.detach().MoveToOuterDisposeScope(),
            (clipped > plain).MoveToOuterDisposeScope(),
            (bound is null ? zeros_like(cost, dtype: ScalarType.Bool) : pessimistic > bound).MoveToOuterDisposeScope(),
            (-change).MoveToOuterDisposeScope(),
            BoundedExponential.AboveTangent(change).MoveToOuterDisposeScope());
    }

    private static (Tensor Policy, Tensor Old, Tensor Advantages) Checked(Tensor policy, Tensor old, Tensor advantages)
    {
        VectorInputs.NotEmpty(policy, "policy", "[M] with at least one token");
        VectorInputs.Like(policy, "policy", old, "old");
        VectorInputs.Like(policy, "policy", advantages, "advantages");
        return (policy, old, advantages);
    }
}
