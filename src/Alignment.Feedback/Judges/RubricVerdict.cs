namespace Alignment.Feedback;

/// <summary>What a judge said to one question about one answer.</summary>
/// <param name="Question">The question's id.</param>
/// <param name="IsYes">The verdict.</param>
/// <param name="Reason">Why, in the judge's words.</param>
public sealed record RubricVerdict(string Question, bool IsYes, string Reason);
