namespace Alignment.Feedback;

/// <summary>An answer, what was found in it, and what became of it.</summary>
/// <param name="Prompt">What the answers answer.</param>
/// <param name="Initial">The first answer.</param>
/// <param name="Steps">The rounds in order.</param>
/// <param name="Constitution">Name and version of the constitution.</param>
public sealed record RevisionTrace(Transcript Prompt, Transcript Initial, IReadOnlyList<RevisionStep> Steps, string Constitution)
{
    /// <summary>The row's own name, or null.</summary>
    public string? Id { get; init; }

    /// <summary>Where the row comes from, or null.</summary>
    public string? Source { get; init; }

    /// <summary>The last answer.</summary>
    public Transcript Final => Steps.LastOrDefault(step => step.Revision is not null)?.Revision is { } text
        ? Initial.IsConversational ? new Transcript([new ChatMessage("assistant", text)]) : new Transcript(text)
        : Initial;

    /// <summary>Whether the last answer is another than the first.</summary>
    public bool IsRevised => Final.ToString().Trim() != Initial.ToString().Trim();

    /// <summary>The last answer to imitate: the first stage of Constitutional AI.</summary>
    public Demonstration ToDemonstration() => new(Prompt, Final) { Id = Id, Source = Source ?? Constitution };

    /// <summary>The last answer preferred to the first; null where they are the same.</summary>
    public PreferencePair? ToPair() => IsRevised ? new(Prompt, Final, Initial) { Id = Id, Source = Source ?? Constitution } : null;
}
