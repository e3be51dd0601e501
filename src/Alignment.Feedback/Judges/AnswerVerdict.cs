namespace Alignment.Feedback;

/// <summary>What a judge said to one answer.</summary>
/// <param name="Verdicts">One for each question, in the order of the questions.</param>
public sealed record AnswerVerdict(IReadOnlyList<RubricVerdict> Verdicts)
{
    /// <summary>Whether the judge said yes to a question.</summary>
    /// <param name="question">The question's id.</param>
    /// <exception cref="ArgumentException">It was not asked.</exception>
    public bool IsYes(string question) => Verdicts.FirstOrDefault(verdict => verdict.Question == question)?.IsYes ?? throw new ArgumentException(
        $"question must be one of {string.Join(", ", Verdicts.Select(verdict => verdict.Question))}; was {question}.", nameof(question));
}
