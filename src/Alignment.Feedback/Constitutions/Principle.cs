namespace Alignment.Feedback;

/// <summary>One rule by which answers are judged and revised.</summary>
/// <param name="Id">Its name within the constitution: small letters, digits and hyphens.</param>
/// <param name="Text">The rule.</param>
/// <param name="CritiqueRequest">Asks what of an answer breaks the rule.</param>
/// <param name="RevisionRequest">Asks for an answer that keeps it.</param>
public sealed record Principle(string Id, string Text, string CritiqueRequest, string RevisionRequest)
{
    /// <summary>How often the principle is drawn, and how much its vote counts, beside the others.</summary>
    /// <value>The default is 1. Finite and greater than 0.</value>
    public double Weight { get; init => field = Ensure.Positive(value); } = 1;

    /// <summary>What the principle is about, to choose by.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> Tags { get; init => field = Ensure.NotNull(value); } = [];
}
