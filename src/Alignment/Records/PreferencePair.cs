namespace Alignment;

/// <summary>Two responses to one prompt, of which the first was preferred.</summary>
/// <param name="Prompt">What both responses answer.</param>
/// <param name="Chosen">The preferred response.</param>
/// <param name="Rejected">The other response.</param>
public sealed record PreferencePair(Transcript Prompt, Transcript Chosen, Transcript Rejected) : IPromptRecord
{
    /// <summary>By how much the chosen response is better, in units of reward.</summary>
    /// <value>The default is null: not known. Finite.</value>
    public double? Margin { get; init => field = value is { } margin ? Ensure.Finite(margin) : null; }

    /// <summary>How much the pair counts in a loss.</summary>
    /// <value>The default is null, which counts as 1. Finite, 0 or greater.</value>
    public double? Weight { get; init => field = value is { } weight ? Ensure.NotNegative(weight) : null; }

    /// <inheritdoc/>
    public string? Id { get; init; }

    /// <inheritdoc/>
    public string? Source { get; init; }
}
