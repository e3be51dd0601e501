namespace Alignment.Feedback;

/// <summary>What a call asks of its model beside the messages. All of it is part of the key under which an answer is kept.</summary>
public sealed record CallOptions
{
    /// <summary>How freely is sampled.</summary>
    /// <value>The default is 0: the likeliest answer. Finite, 0 or greater.</value>
    public double Temperature { get; init => field = Ensure.NotNegative(value); }

    /// <summary>The longest answer, in tokens. What a call may cost at most is counted by it.</summary>
    /// <value>The default is 1,024. At least 1.</value>
    public int MaxOutputTokens { get; init => field = Ensure.AtLeast(value, 1); } = 1024;

    /// <summary>Seeds the model's sampling where the endpoint has that, and tells calls apart that are otherwise the same.</summary>
    /// <value>The default is null: two calls with the same messages are one call.</value>
    public long? Seed { get; init; }

    /// <summary>A JSON schema that the answer must follow, for endpoints with structured output.</summary>
    /// <value>The default is null: free text.</value>
    public string? JsonSchema { get; init; }

    /// <summary>How many alternatives of each token are asked for with their log-probabilities.</summary>
    /// <value>The default is 0: none. From 0 to 20, which is what OpenAI's endpoints give. Asked of those alone; of others log-probabilities are
    /// taken where they come.</value>
    public int TopLogProbs { get; init => field = (int)Ensure.Within(value, 0, 20); }
}
