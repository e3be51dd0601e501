namespace Alignment.Training;

/// <summary>Measures a policy by its responses to held-out prompts, sampled with the same random numbers each time.</summary>
/// <remarks>
/// <c>eval/reward</c> and <c>eval/rewards/NAME</c> are mean scores as their source gives them, <c>eval/gold</c> those of the held-out scorer, <c>eval/kl</c>
/// nats a response (k1), <c>eval/rlhf_reward</c> the reward less what divergence costs, and <c>eval/loss</c> minus that, the number that training makes small.
/// </remarks>
internal static class OnPolicyEvaluation
{
    public static IReadOnlyList<Metric> Of(OnPolicyModels models, OnPolicyOptions options, OnPolicyState state, IReadOnlyList<TokenizedPrompt> rows, int batchSize, CancellationToken cancellationToken)
    {
        var rollout = new RolloutSampler(models.Policy, options.Rollout with { SamplesPerPrompt = 1 }, options.Run.Tokenizer)
            .Sample(rows.Chunk(batchSize), [.. Enumerable.Range(0, rows.Count)], IterationSeeds.Evaluation(options.Run.Seed), cancellationToken);
        var scored = new RolloutScorer(models, options.Rollout.Temperature).Score(rollout, Enumerable.Range(0, rows.Count).Chunk(batchSize), cancellationToken);
        var kl = scored.Policy.Zip(scored.Reference, (policy, reference) => policy - reference).Sum() / rows.Count;
        var reward = scored.Scores.Totals.Average();
        var value = reward - (options.Policy.KlCoefficient > 0 ? options.Policy.KlCoefficient : state.KlCoefficient) * kl;
        List<Metric> metrics =
        [
            new("eval/loss", -value), new("eval/reward", reward), new("eval/rlhf_reward", value), new("eval/kl", kl),
            .. scored.Scores.Parts.Select(part => new Metric($"eval/rewards/{part.Key}", part.Value.Average())),
            new("eval/response_length", rollout.Responses.Average(response => response.Ids.Count)),
            new("eval/eos_share", rollout.Responses.Average(response => response.HasEnded ? 1.0 : 0)),
            new("eval/entropy", -scored.Policy.Average()),
            new("eval/repetition", rollout.Responses.Average(response => Repetition.Of(response.Ids))),
        ];
        if (models.Gold is not { } gold) return metrics;
        var second = gold.Checked(rollout.Responses, cancellationToken).Totals.Average();
        metrics.Add(new("eval/gold", second));
        metrics.AddRange(state.Watch.LookAtGold(kl, reward, second));
        return metrics;
    }
}
