namespace Alignment.Feedback;

/// <summary>What a judge said to one order of two answers.</summary>
/// <param name="Preference">The better answer, named as it was given to us and not by its place before the judge.</param>
/// <param name="Reason">Why, in the judge's words.</param>
public sealed record OrderVerdict(Preference Preference, string Reason);
