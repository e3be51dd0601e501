using Alignment.Generation;

namespace Alignment.Training;

/// <summary>Samples responses with the policy, a few prompts at a time.</summary>
/// <param name="policy">The policy.</param>
/// <param name="options">How it samples.</param>
/// <param name="tokenizer">Gives reward functions, judges and samples their texts; null for token ids alone.</param>
internal sealed class RolloutSampler(CausalLanguageModel policy, RolloutOptions options, ITokenizer? tokenizer = null)
{
    /// <summary>Samples the responses to some prompts.</summary>
    /// <remarks>A response depends on the seed, on the number of its prompt and on its number among the samples, not on how the prompts are cut into batches.</remarks>
    /// <param name="batches">The prompts, those of a batch at once.</param>
    /// <param name="places">Where the prompts stand in the data.</param>
    /// <param name="seed">What is drawn from.</param>
    /// <param name="cancellationToken">Looked at before each token.</param>
    public Rollout Sample(IEnumerable<IReadOnlyList<TokenizedPrompt>> batches, IReadOnlyList<int> places, long seed, CancellationToken cancellationToken = default)
    {
        var generator = new TokenGenerator(policy);
        var responses = new List<SampledResponse>();
        var sampler = new List<double>();
        var done = 0;
        foreach (var prompts in batches)
        {
            foreach (var response in generator.Generate([.. prompts.Select(prompt => prompt.Ids)], options.Generation(tokenizer, seed, done), cancellationToken))
            {
                responses.Add(Of(prompts[response.Prompt], response, places[done + response.Prompt]));
                sampler.AddRange(response.SamplingLogProbs.Select(logProb => (double)logProb));
            }
            done += prompts.Count;
        }
        return new Rollout(responses, [.. sampler]);
    }

    private SampledResponse Of(TokenizedPrompt prompt, GeneratedResponse response, int place) => new()
    {
        Prompt = prompt.Ids,
        Ids = response.Ids,
        HasEnded = response.Finish == FinishReason.StopToken,
        Place = place,
        Sample = response.Sample,
        PromptId = prompt.Id,
        PromptText = tokenizer?.Decode(prompt.Ids),
        Text = tokenizer?.Decode(response.Ids, skipSpecialTokens: true),
    };
}
