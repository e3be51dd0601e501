namespace Alignment.Feedback;

/// <summary>A technique that is not advised.</summary>
/// <param name="Technique">The technique.</param>
/// <param name="Why">Why not.</param>
public sealed record RejectedTechnique(Technique Technique, Reason Why);
