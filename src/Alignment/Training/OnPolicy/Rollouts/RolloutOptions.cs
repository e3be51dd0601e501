using System.Globalization;
using Alignment.Generation;

namespace Alignment.Training;

/// <summary>How responses are sampled. Temperature alone shapes what is drawn from: a filter or a penalty could not be scored, so there is none to set.</summary>
public sealed record RolloutOptions
{
    /// <summary>The longest response, in tokens.</summary>
    /// <value>The default is 53. At least 1.</value>
    public int MaxNewTokens { get; init => field = Ensure.AtLeast(value, 1); } = 53;

    /// <summary>Logits are divided by it where tokens are drawn, and wherever policy and reference score them.</summary>
    /// <value>The default is 1; <see cref="PpoOptions"/> takes 0.7. Finite and greater than 0.</value>
    public double Temperature { get; init => field = Ensure.Positive(value); } = 1;

    /// <summary>Tokens that end a response; it keeps the one that ended it.</summary>
    /// <value>The default is none; with a <see cref="RunOptions.Tokenizer"/> its end token.</value>
    public IReadOnlyCollection<int> StopIds { get; init => field = Ensure.NotNull(value); } = [];

    /// <summary>Responses to each prompt, which is computed once for all.</summary>
    /// <value>The default is 1. At least 1.</value>
    public int SamplesPerPrompt { get; init => field = Ensure.AtLeast(value, 1); } = 1;

    /// <summary>What the generator is asked for.</summary>
    internal GenerationOptions Generation(ITokenizer? tokenizer, long seed, int firstPrompt) => new()
    {
        MaxNewTokens = MaxNewTokens,
        Sampling = new SamplingOptions { Temperature = Temperature },
        StopIds = StopTokens.Of(StopIds, tokenizer),
        SamplesPerPrompt = SamplesPerPrompt,
        Seed = seed,
        FirstPrompt = firstPrompt,
    };

    /// <summary>Throws before a run where a prompt leaves no room for its responses.</summary>
    internal void RequireRoom(CausalLanguageModel policy, IReadOnlyList<TokenizedPrompt> prompts, string name)
    {
        for (var i = 0; i < prompts.Count; i++)
            if (prompts[i].Ids.Count + (long)MaxNewTokens > policy.MaxPositions)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"A prompt and Rollout.MaxNewTokens = {MaxNewTokens} together must be at most {policy.MaxPositions} tokens for this model; {name}[{i}] has {prompts[i].Ids.Count}. Drop long prompts when they are encoded."), name);
    }
}
