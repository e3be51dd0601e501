namespace Alignment.Feedback;

/// <summary>One round of critique and revision.</summary>
/// <param name="Principle">The id of the principle.</param>
/// <param name="Critique">What the model found.</param>
/// <param name="Revision">The new answer, or null where the model found nothing to change.</param>
public sealed record RevisionStep(string Principle, string Critique, string? Revision);
