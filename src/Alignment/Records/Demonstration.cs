namespace Alignment;

/// <summary>A prompt and the response a model should learn to give.</summary>
/// <param name="Prompt">What the response answers.</param>
/// <param name="Response">The response to imitate.</param>
public sealed record Demonstration(Transcript Prompt, Transcript Response) : IPromptRecord
{
    /// <summary>How much the demonstration counts in a loss.</summary>
    /// <value>The default is null, which counts as 1. Finite, 0 or greater.</value>
    public double? Weight { get; init => field = value is { } weight ? Ensure.NotNegative(weight) : null; }

    /// <inheritdoc/>
    public string? Id { get; init; }

    /// <inheritdoc/>
    public string? Source { get; init; }
}
