namespace Alignment.Training;

/// <summary>What one iteration measured: a rollout, and the updates made of it. Numbers of the rollout are those before its updates.</summary>
/// <remarks>
/// Names are TRL's. Where TRL averages over padding, this counts tokens. <see cref="RatioVariance"/> is over all tokens and updates, TRL's over the
/// means of batches. <see cref="Entropy"/> is estimated by the tokens that were sampled.
/// </remarks>
public record OnPolicyStep : TrainingStep
{
    /// <summary>Divergence from the reference as it is penalized, nats a response: the sum over its tokens, mean over responses.</summary>
    public required double Kl { get; init; }

    /// <summary>The same by k1, unbiased and of high variance. Far below 0 for long, tokens are not scored as they are sampled.</summary>
    public required double KlK1 { get; init; }

    /// <summary>The same by k3, never negative.</summary>
    public required double KlK3 { get; init; }

    /// <summary>β, reward per nat.</summary>
    public required double KlCoefficient { get; init; }

    /// <summary>Entropy, nats a response: <c>-Σ log π</c>, mean over responses.</summary>
    public required double Entropy { get; init; }

    /// <summary>What divergence costs a response, <c>-β kl</c>, mean.</summary>
    public required double NonScoreReward { get; init; }

    /// <summary>Scores as they are learnt from, mean.</summary>
    public required double Score { get; init; }

    /// <summary>What is maximized: score less the cost of divergence, mean.</summary>
    public double RlhfReward => Score + NonScoreReward;

    /// <summary>Scores as the source gave them, mean.</summary>
    public required double RawScore { get; init; }

    /// <summary>Mean scores of the source's parts, by name.</summary>
    public required IReadOnlyList<Metric> ScoreParts { get; init; }

    /// <summary>Loss of the policy, mean over updates.</summary>
    public required double PolicyLoss { get; init; }

    /// <summary>Divergence from the policy that sampled, <c>½ (log π_old - log π)²</c>, mean over tokens and updates.</summary>
    public required double ApproxKl { get; init; }

    /// <summary>Share of tokens whose ratio was clipped.</summary>
    public required double ClipFraction { get; init; }

    /// <summary>Mean of <c>π / π_old</c> over tokens and updates.</summary>
    public required double Ratio { get; init; }

    /// <summary>Its variance.</summary>
    public required double RatioVariance { get; init; }

    /// <summary>Divergence of what was drawn from from what is scored, nats a token; 0 but for rounding.</summary>
    public required double SamplerKl { get; init; }

    /// <summary>Tokens of a response, mean.</summary>
    public required double ResponseLength { get; init; }

    /// <summary>Responses that a stop token ended.</summary>
    public required int Ended { get; init; }

    /// <summary>Responses of the iteration.</summary>
    public required int Responses { get; init; }

    /// <summary>Share of the pairs of neighbouring tokens of a response that it has already said, mean.</summary>
    public required double Repetition { get; init; }

    /// <summary>Optimizer steps made.</summary>
    public required int Updates { get; init; }

    /// <summary>Whether divergence ended the iteration early.</summary>
    public required bool StoppedEarly { get; init; }

    /// <summary>Tokens sampled a second.</summary>
    public required double RolloutTokensPerSecond { get; init; }

    /// <summary>Tokens learnt from a second, prompts and repeated passes included.</summary>
    public required double UpdateTokensPerSecond { get; init; }

    /// <summary>The first responses with their scores, for a person to read; empty where no tokenizer is given.</summary>
    public IReadOnlyList<ScoredSample> Samples { get; init; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics =>
    [
        .. base.Metrics,
        new("objective/kl", Kl), new("objective/kl_k1", KlK1), new("objective/kl_k3", KlK3), new("objective/kl_coef", KlCoefficient),
        new("objective/entropy", Entropy), new("objective/non_score_reward", NonScoreReward), new("objective/rlhf_reward", RlhfReward), new("objective/scores", Score),
        new("rewards/mean", RawScore), .. ScoreParts.Select(part => new Metric($"rewards/{part.Name}", part.Value)),
        new("loss/policy_avg", PolicyLoss), new("policy/approxkl_avg", ApproxKl), new("policy/clipfrac_avg", ClipFraction),
        new("val/ratio", Ratio), new("val/ratio_var", RatioVariance), new("val/num_eos_tokens", Ended), new("val/eos_share", (double)Ended / Responses),
        new("val/response_length", ResponseLength), new("val/repetition", Repetition), new("val/sampler_kl", SamplerKl),
        new("val/updates", Updates), new("val/stopped_early", StoppedEarly ? 1 : 0), new("episode", Responses),
        new("rollout/tokens_per_second", RolloutTokensPerSecond), new("update/tokens_per_second", UpdateTokensPerSecond),
    ];
}
