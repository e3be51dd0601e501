namespace Alignment.Feedback;

/// <summary>How a <see cref="RubricJudge"/> judges.</summary>
public sealed record RubricOptions
{
    /// <summary>Seeds the nonces and the model's sampling.</summary>
    /// <value>The default is 42.</value>
    public int Seed { get; init; } = 42;

    /// <summary>The longest verdict, in tokens.</summary>
    /// <value>The default is 512. At least 1.</value>
    public int MaxOutputTokens { get; init => field = Ensure.AtLeast(value, 1); } = 512;

    /// <summary>Whether the endpoint is asked to hold to the verdict's JSON schema. The verdict is read strictly all the same.</summary>
    /// <value>The default is true; false for endpoints without structured output, a <c>PolicyChatClient</c> among them.</value>
    public bool UsesSchema { get; init; } = true;

    /// <summary>How often a judge is asked whose verdict can't be read.</summary>
    /// <value>The default is 2. At least 1.</value>
    public int MaxReadings { get; init => field = Ensure.AtLeast(value, 1); } = 2;

    /// <summary>The longest text that is judged, in characters. A longer one is a failure with its reason, never cut.</summary>
    /// <value>The default is 40,000. At least 1.</value>
    public int MaxCharacters { get; init => field = Ensure.AtLeast(value, 1); } = 40_000;
}
