namespace Alignment;

/// <summary>Two responses to one prompt, of which the first was preferred.</summary>
/// <param name="Prompt">What both responses answer.</param>
/// <param name="Chosen">The preferred response.</param>
/// <param name="Rejected">The other response.</param>
public sealed record PreferencePair(Transcript Prompt, Transcript Chosen, Transcript Rejected);
