namespace Alignment.Generation;

/// <summary>How prompts are gone on with.</summary>
public sealed record GenerationOptions
{
    /// <summary>The longest response, in tokens.</summary>
    /// <value>The default is 256. At least 1.</value>
    public int MaxNewTokens { get; init => field = Ensure.AtLeast(value, 1); } = 256;

    /// <summary>How tokens are drawn.</summary>
    /// <value>The default is null: the most likely token of each step.</value>
    public SamplingOptions? Sampling { get; init; }

    /// <summary>Logits of tokens that stand in the prompt or the response so far are divided by it, negative ones multiplied, before anything else.</summary>
    /// <value>The default is 1, which changes nothing. Finite and greater than 0.</value>
    /// <remarks>Keskar et al. 2019 (arXiv 1909.05858), section 4.1.</remarks>
    public double RepetitionPenalty { get; init => field = Ensure.Positive(value); } = 1;

    /// <summary>Tokens that end a response; it keeps the one that ended it.</summary>
    /// <value>The default is none. Ids of the vocabulary.</value>
    public IReadOnlyCollection<int> StopIds { get; init => field = Ensure.NotNull(value); } = [];

    /// <summary>Responses to each prompt, which is computed once for all.</summary>
    /// <value>The default is 1. At least 1.</value>
    public int SamplesPerPrompt { get; init => field = Ensure.AtLeast(value, 1); } = 1;

    /// <summary>What is drawn from.</summary>
    /// <value>The default is 0. A response depends on it, on the index of its prompt and on its number among the samples, not on the rest of the batch.</value>
    public long Seed { get; init; }

    /// <summary>The most likely tokens of each place that are told beside the one it got; see <see cref="GeneratedResponse.Likely"/>.</summary>
    /// <value>The default is 0. At least 0; of a smaller vocabulary all are told.</value>
    public int TopLogProbs { get; init => field = Ensure.AtLeast(value, 0); }

    /// <summary>Number of the first prompt, where prompts are generated a few at a time and each is to get what it would get with all others.</summary>
    internal int FirstPrompt { get; init; }

    /// <summary>Whether a trainer can score what is sampled: by temperature alone, or not drawn at all.</summary>
    public bool CanBeScored => RepetitionPenalty == 1 && Sampling is null or { IsTemperatureOnly: true };
}
