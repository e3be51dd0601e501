using Alignment.Evaluation;
using Alignment.Generation;
using Alignment.Training;

namespace Alignment.Samples;

/// <summary>Answers to held-out prompts, sampled as PPO samples them, with the scores that they get.</summary>
internal sealed class Contest(IEnumerable<TokenizedPrompt> prompts, RewardSource reward, RolloutOptions rollout, ITokenizer tokenizer, PpoSettings settings)
{
    private readonly IReadOnlyList<IReadOnlyList<int>> _prompts = [.. prompts.Select(prompt => prompt.Ids)];

    public IReadOnlyList<double> Enter(CausalLanguageModel policy, CancellationToken stop)
    {
        if (settings.DryRun) return [];
        var stops = tokenizer.EndId is { } end ? (int[])[end] : [];
        var options = new GenerationOptions { MaxNewTokens = rollout.MaxNewTokens, Sampling = new SamplingOptions { Temperature = rollout.Temperature }, StopIds = stops };
        var answers = new TokenGenerator(policy).Generate(_prompts, options, stop);
        return reward.Score([.. answers.Select((answer, i) => new SampledResponse
        {
            Prompt = _prompts[i], Ids = answer.Ids, HasEnded = answer.Finish == FinishReason.StopToken, Place = i,
        })], stop).Totals;
    }

    /// <summary>Tells how often the second policy's answer is scored higher.</summary>
    public static void Tell(IReadOnlyList<double> before, IReadOnlyList<double> after)
    {
        var (rate, low, high) = WinRate.Of(after, before);
        Screen.Line($"Mean reward {before.Average():F2} before, {after.Average():F2} after; the policy wins {rate:P1} of {after.Count} prompts, 95 % interval {low:P1} to {high:P1}.");
    }
}
