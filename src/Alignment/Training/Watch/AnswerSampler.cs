using Alignment.Generation;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Samples answers of a policy and measures them.</summary>
internal static class AnswerSampler
{
    /// <summary>Answers to prompts, and what the watch wants to know of them.</summary>
    /// <param name="policy">The model that answers.</param>
    /// <param name="reference">What its log-probabilities are compared with; null where there is none that can score new text.</param>
    /// <param name="prompts">Ids of the prompts.</param>
    /// <param name="options">How long.</param>
    /// <param name="tokenizer">Turns them into text; null where nobody reads them.</param>
    /// <param name="cancellationToken">Looked at before each token.</param>
    public static (IReadOnlyList<SampleAnswer> Answers, IReadOnlyList<Metric> Metrics) Sample(
        CausalLanguageModel policy, ReferencePolicy? reference, IReadOnlyList<IReadOnlyList<int>> prompts, AnswerOptions options, ITokenizer? tokenizer, CancellationToken cancellationToken)
    {
        var room = Math.Min(options.MaxNewTokens, policy.MaxPositions - prompts.Max(prompt => prompt.Count));
        if (room < 1) return ([], []);
        var responses = new TokenGenerator(policy).Generate(prompts, new GenerationOptions { MaxNewTokens = room, Sampling = new SamplingOptions(), StopIds = StopTokens.Of(options.StopIds, tokenizer) }, cancellationToken);
        var tokens = responses.Sum(response => response.Ids.Count);
        List<Metric> metrics =
        [
            new("eval/answers/length", (double)tokens / responses.Count),
            new("eval/answers/ended", responses.Average(response => response.Finish == FinishReason.StopToken ? 1.0 : 0)),
            new("eval/answers/entropy", -responses.Sum(response => response.LogProbs.Sum(logProb => (double)logProb)) / tokens),
        ];
        if (reference is not null) metrics.Add(new("eval/answers/kl", Kl(policy, reference, prompts, responses)));
        return (tokenizer is null ? [] : [.. prompts.Zip(responses, (prompt, response) => Text(tokenizer, prompt, response))], metrics);
    }

    // Mean over answers of Σ (log π - log ref): k1 of Schulman's estimators, from samples of the policy.
    private static double Kl(CausalLanguageModel policy, ReferencePolicy reference, IReadOnlyList<IReadOnlyList<int>> prompts, IReadOnlyList<GeneratedResponse> responses)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var layout = TokenLayout.Of([.. prompts.Zip(responses, (prompt, response) => new TokenizedExample(prompt, response.Ids))], policy.Device);
        return (policy.TokenLogProbs(layout).Sum().Values - reference.TokenLogProbs(layout).Sum().Values).mean().to(ScalarType.Float64).item<double>();
    }

    private static SampleAnswer Text(ITokenizer tokenizer, IReadOnlyList<int> prompt, GeneratedResponse response) =>
        new(tokenizer.Decode(prompt), tokenizer.Decode(response.Ids, skipSpecialTokens: true));
}
