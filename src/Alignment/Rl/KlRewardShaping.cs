using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Rl;

/// <summary>Rewards of tokens from the score of a whole response and the divergence from the reference: <c>-β kl_t + [t is the last] score</c>.</summary>
/// <remarks>
/// Ziegler et al. 2019 (arXiv 1909.08593), eq. 2, spread over tokens as in Stiennon et al. 2020 (arXiv 2009.01325). The score stands at the last
/// token of the response, its end token if it has one. Scores are first clipped, then changed where the end token is missing.
/// </remarks>
public sealed class KlRewardShaping
{
    /// <summary>How the divergence is estimated.</summary>
    /// <value>The default is <see cref="KlK1"/>.</value>
    public KlEstimator Estimator { get; init => field = Ensure.NotNull(value); } = new KlK1();

    /// <summary>Scores are held between minus and plus this bound.</summary>
    /// <value>The default is null, no bound. Finite and greater than 0.</value>
    public double? ScoreClip { get; init => field = value is { } bound ? Ensure.Positive(bound) : null; }

    /// <summary>The score that a response without end token gets in place of its own.</summary>
    /// <value>The default is null, its own score; -1 is usual. Finite.</value>
    public double? MissingEndScore { get; init => field = value is { } score ? Ensure.Finite(score) : null; }

    /// <summary>What is taken from the score of a response without end token.</summary>
    /// <value>The default is null, nothing; 1 is usual. Finite and at least 0.</value>
    public double? MissingEndPenalty { get; init => field = value is { } penalty ? Ensure.NotNegative(penalty) : null; }

    /// <summary>Shapes the rewards of a batch.</summary>
    /// <param name="sequences">Where the S responses with M tokens lie.</param>
    /// <param name="policy">Log-probabilities under the policy that sampled, <c>[M]</c> nats.</param>
    /// <param name="reference">Log-probabilities under the reference, <c>[M]</c> nats.</param>
    /// <param name="scores">Score of each response, <c>[S]</c>.</param>
    /// <param name="klCoefficient">β, reward per nat; finite and at least 0.</param>
    /// <param name="ended">Which responses have an end token, bool <c>[S]</c>; needed where a missing one changes the score.</param>
    /// <exception cref="ArgumentException">A shape, type or device does not fit, or <paramref name="ended"/> is missing.</exception>
    public ShapedRewards Of(TokenSequences sequences, Tensor policy, Tensor reference, Tensor scores, double klCoefficient, Tensor? ended = null)
    {
        Check(sequences, policy, scores, ended);
        Ensure.NotNegative(klCoefficient, nameof(klCoefficient));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var kl = Estimator.PerToken(policy, reference);                              // [M] nats
        var penalty = -klCoefficient * kl;                                           // [M]
        var final = Final(scores, ended);                                            // [S]
        var rewards = penalty.index_add(0, sequences.LastTokens(penalty.device), final, 1);
        return new ShapedRewards(
            rewards.MoveToOuterDisposeScope(),
            penalty.MoveToOuterDisposeScope(),
            kl.MoveToOuterDisposeScope(),
            final.MoveToOuterDisposeScope());
    }

    private Tensor Final(Tensor scores, Tensor? ended)
    {
        var final = ScoreClip is { } bound ? scores.clamp(-bound, bound) : scores.clone();
        if (MissingEndScore is { } score) final = where(ended!, final, full_like(final, score));
        if (MissingEndPenalty is { } penalty) final = where(ended!, final, final - penalty);
        return final;
    }

    private void Check(TokenSequences sequences, Tensor policy, Tensor scores, Tensor? ended)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        sequences.RequireTokens(policy, nameof(policy));
        sequences.RequireSequences(scores, nameof(scores));
        if (scores.dtype != policy.dtype || scores.device_type != policy.device_type || scores.device_index != policy.device_index)
            throw new ArgumentException($"scores must have the type and device of policy, {policy.dtype} on {policy.device}; got {scores}.", nameof(scores));
        if (ended is not null)
            VectorInputs.Mask(scores, nameof(scores), ended, nameof(ended));
        else if ((MissingEndScore ?? MissingEndPenalty) is not null)
            throw new ArgumentException($"ended must be given where {nameof(MissingEndScore)} or {nameof(MissingEndPenalty)} is set; it was null.", nameof(ended));
    }
}
