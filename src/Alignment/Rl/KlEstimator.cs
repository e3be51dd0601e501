using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Rl;

/// <summary>An estimate of <c>KL(π ‖ π_ref)</c> from single tokens that the policy sampled, by their two log-probabilities.</summary>
/// <remarks>Schulman 2020, "Approximating KL Divergence". With <c>d = log π - log ref</c>: k1 = d, k2 = d²/2, k3 = e^-d - 1 + d.</remarks>
public abstract class KlEstimator
{
    /// <summary>Estimates the divergence at each token.</summary>
    /// <param name="policy">Log-probabilities under the policy, <c>[M]</c> nats.</param>
    /// <param name="reference">Log-probabilities under the reference, <c>[M]</c> nats.</param>
    /// <returns><c>[M]</c> nats, with gradient; finite for finite inputs.</returns>
    /// <exception cref="ArgumentException">A shape, type or device does not fit, or there is no token.</exception>
    public Tensor PerToken(Tensor policy, Tensor reference)
    {
        VectorInputs.NotEmpty(policy, nameof(policy), "[M] with at least one token");
        VectorInputs.Like(policy, nameof(policy), reference, nameof(reference));
        using var scope = NewDisposeScope();
        return Of(policy - reference).MoveToOuterDisposeScope();
    }

    /// <summary>The estimate from log-ratios <c>log π - log ref</c>, <c>[M]</c> nats.</summary>
    private protected abstract Tensor Of(Tensor logRatio);
}
