namespace Alignment.Feedback;

/// <summary>Two answers to be compared.</summary>
/// <param name="Prompt">What both answer.</param>
/// <param name="First">One answer; in a win rate, that of the model that is measured.</param>
/// <param name="Second">The other; in a win rate, that of the baseline.</param>
public sealed record JudgedPair(Transcript Prompt, Transcript First, Transcript Second)
{
    /// <summary>The row's own name, or null.</summary>
    public string? Id { get; init; }
}
