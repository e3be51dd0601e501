namespace Alignment.Feedback;

/// <summary>Why something is advised.</summary>
/// <param name="Text">The reason.</param>
/// <param name="Source">The paper that it stands on, or null where it is arithmetic.</param>
public sealed record Reason(string Text, string? Source = null);
