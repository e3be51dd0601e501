using Alignment.Evaluation;
using Alignment.Generation;
using Alignment.Training;

namespace Alignment.Samples;

/// <summary>Answers to held-out prompts, sampled as PPO samples them, before it and after.</summary>
internal sealed class Contest(IEnumerable<TokenizedPrompt> prompts, RolloutOptions rollout, ITokenizer tokenizer, PpoSettings settings)
{
    private readonly IReadOnlyList<IReadOnlyList<int>> _prompts = [.. prompts.Select(prompt => prompt.Ids)];

    public IReadOnlyList<SampledResponse> Enter(CausalLanguageModel policy, CancellationToken stop)
    {
        if (settings.DryRun) return [];
        var stops = tokenizer.EndId is { } end ? (int[])[end] : [];
        var options = new GenerationOptions { MaxNewTokens = rollout.MaxNewTokens, Sampling = new SamplingOptions { Temperature = rollout.Temperature }, StopIds = stops };
        return [.. new TokenGenerator(policy).Generate(_prompts, options, stop).Select((answer, i) => new SampledResponse
        {
            Prompt = _prompts[i], Ids = answer.Ids, HasEnded = answer.Finish == FinishReason.StopToken, Place = i,
        })];
    }

    /// <summary>Tells how a scorer likes the answers, and how often it gives those of the second policy more.</summary>
    /// <returns>By how much the mean score rose.</returns>
    public static double Tell(string scorer, RewardSource source, IReadOnlyList<SampledResponse> before, IReadOnlyList<SampledResponse> after, CancellationToken stop)
    {
        var (first, second) = (source.Score(before, stop).Totals, source.Score(after, stop).Totals);
        var (rate, low, high) = WinRate.Of(second, first);
        Screen.Line($"{scorer}: mean score {first.Average():F2} before, {second.Average():F2} after; the policy wins {rate:P1} of {after.Count} prompts, 95 % interval {low:P1} to {high:P1}.");
        return second.Average() - first.Average();
    }
}
