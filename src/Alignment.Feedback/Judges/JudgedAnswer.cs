namespace Alignment.Feedback;

/// <summary>An answer to be judged alone.</summary>
/// <param name="Prompt">What it answers.</param>
/// <param name="Answer">The answer.</param>
public sealed record JudgedAnswer(Transcript Prompt, Transcript Answer)
{
    /// <summary>The row's own name, or null.</summary>
    public string? Id { get; init; }
}
