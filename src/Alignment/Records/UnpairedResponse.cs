namespace Alignment;

/// <summary>One response to a prompt and whether it is a good one, as KTO learns from.</summary>
/// <param name="Prompt">What the response answers.</param>
/// <param name="Response">The response that was judged.</param>
/// <param name="IsDesirable">Whether the response is one that the model should give.</param>
public sealed record UnpairedResponse(Transcript Prompt, Transcript Response, bool IsDesirable) : IPromptRecord
{
    /// <summary>How much the response counts in a loss.</summary>
    /// <value>The default is null, which counts as 1. Finite, 0 or greater.</value>
    public double? Weight { get; init => field = value is { } weight ? Ensure.NotNegative(weight) : null; }

    /// <inheritdoc/>
    public string? Id { get; init; }

    /// <inheritdoc/>
    public string? Source { get; init; }
}
