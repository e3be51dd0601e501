namespace Alignment.Training;

/// <summary>The numbers of an iteration.</summary>
internal static class OnPolicyMeasures
{
    private const int Shown = 4;

    public static OnPolicyStep Of(StepBatch<TokenizedPrompt> step, ScoredRollout scored, Shaped shaped, UpdateSums sums, TimeSpan sampling, TimeSpan updating)
    {
        var responses = scored.Rollout.Responses;
        var (k1, k3, entropy, drift) = (0.0, 0.0, 0.0, 0.0);
        for (var t = 0; t < scored.Policy.Length; t++)
        {
            var d = scored.Policy[t] - scored.Reference[t];
            k1 += d;
            k3 += Math.Exp(-d) - 1 + d;
            entropy -= scored.Policy[t];
            drift += scored.Rollout.Sampler[t] - scored.Policy[t];
        }
        return new OnPolicyStep
        {
            Step = step.Step,
            Epoch = step.Epoch,
            Loss = sums.MeanPolicyLoss,
            GradientNorm = sums.MeanGradientNorm,
            LearningRate = sums.LearningRate,
            Tokens = Enumerable.Range(0, responses.Count).Sum(scored.Rollout.LengthOf),
            Kl = shaped.Kl.Average(),
            KlK1 = k1 / responses.Count,
            KlK3 = k3 / responses.Count,
            KlCoefficient = shaped.KlCoefficient,
            Entropy = entropy / responses.Count,
            NonScoreReward = shaped.PerResponse.Average() - shaped.Scores.Average(),
            Score = shaped.Scores.Average(),
            RawScore = scored.Scores.Totals.Average(),
            ScoreParts = [.. scored.Scores.Parts.Select(part => new Metric(part.Key, part.Value.Average()))],
            PolicyLoss = sums.MeanPolicyLoss,
            ApproxKl = sums.ApproxKl,
            ClipFraction = sums.ClipFraction,
            Ratio = sums.MeanRatio,
            RatioVariance = sums.RatioVariance,
            SamplerKl = drift / scored.Policy.Length,
            ResponseLength = responses.Average(response => response.Ids.Count),
            Ended = responses.Count(response => response.HasEnded),
            Responses = responses.Count,
            Repetition = responses.Average(response => Repetition.Of(response.Ids)),
            Updates = sums.Updates,
            StoppedEarly = sums.StoppedEarly,
            RolloutTokensPerSecond = scored.Rollout.TokenCount / sampling.TotalSeconds,
            UpdateTokensPerSecond = sums.Tokens / updating.TotalSeconds,
            Samples = [.. responses.Zip(scored.Scores.Totals).Where(row => row.First is { PromptText: not null, Text: not null }).Take(Shown)
                .Select(row => new ScoredSample(row.First.PromptText!, row.First.Text!, row.Second))],
        };
    }
}
