namespace Alignment.Samples;

/// <summary>An answer to a held-out prompt.</summary>
/// <param name="Pair">The experts' pair, which no model was shown.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Review">What the checks found.</param>
/// <param name="IsNamedAsAsked">Whether the method has the name that the experts gave it: a sign that it is the one that was asked for.</param>
internal sealed record ExamRow(PreferencePair Pair, string Answer, CodeReview Review, bool IsNamedAsAsked);
