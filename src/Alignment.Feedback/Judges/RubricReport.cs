using Alignment.Evaluation;

namespace Alignment.Feedback;

/// <summary>What a judge said to many answers, and what that comes to.</summary>
public sealed class RubricReport
{
    private readonly IReadOnlyList<JudgedAnswer> answers;

    internal RubricReport(IReadOnlyList<JudgedAnswer> answers, IReadOnlyList<RowOutcome<AnswerVerdict>> outcomes, CallTotals totals) =>
        (this.answers, Outcomes, Totals) = (answers, outcomes, totals);

    /// <summary>What became of each answer, in the order of the answers.</summary>
    public IReadOnlyList<RowOutcome<AnswerVerdict>> Outcomes { get; }

    /// <summary>What the calls took.</summary>
    public CallTotals Totals { get; }

    /// <summary>Answers with a verdict on every question.</summary>
    public int Judged => Outcomes.Count(outcome => outcome.IsDone);

    /// <summary>Answers without one. They are in no rate.</summary>
    public int Failed => Outcomes.Count - Judged;

    /// <summary>The share of judged answers to which a question was answered by yes, with its interval at 95 %.</summary>
    /// <param name="question">The question's id.</param>
    /// <exception cref="ArgumentException">The question was not asked.</exception>
    /// <exception cref="InvalidOperationException">No answer was judged.</exception>
    public Proportion Rate(string question) => Judged > 0
        ? new Proportion(Outcomes.Count(outcome => outcome.IsDone && outcome.Result.IsYes(question)), Judged)
        : throw new InvalidOperationException("No answer was judged.");

    /// <summary>How much higher a rate is than in another report on answers to the same prompts, over the prompts that both have judged.</summary>
    /// <remarks>
    /// Both answers to a prompt are drawn together, so that prompts which are hard for both widen nothing. Where no verdict differs the interval has no
    /// width, which says more of the bootstrap than of the rates.
    /// </remarks>
    /// <param name="earlier">The other report: other answers to the same prompts, in the same order.</param>
    /// <param name="question">The question's id.</param>
    /// <param name="options">The bootstrap; null for the defaults.</param>
    /// <exception cref="ArgumentException">The prompts are others, or the question was not asked in both.</exception>
    /// <exception cref="InvalidOperationException">No prompt was judged in both.</exception>
    public Estimate Difference(RubricReport earlier, string question, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (!answers.Select(row => row.Prompt).SequenceEqual(earlier.answers.Select(row => row.Prompt)))
            throw new ArgumentException("Both reports must be on answers to the same prompts in the same order.", nameof(earlier));
        var both = Outcomes.Zip(earlier.Outcomes).Where(rows => rows.First.IsDone && rows.Second.IsDone).ToList();
        if (both.Count == 0) throw new InvalidOperationException("No prompt was judged in both reports.");
        return Bootstrap.Difference([.. both.Select(rows => Said(rows.First))], [.. both.Select(rows => Said(rows.Second))], options);

        double Said(RowOutcome<AnswerVerdict> outcome) => outcome.Result!.IsYes(question) ? 1 : 0;
    }
}
