using Alignment.Evaluation;

namespace Alignment.Feedback;

/// <summary>What a judge said to many pairs, and what that comes to.</summary>
public sealed class JudgeReport
{
    private readonly IReadOnlyList<JudgedPair> pairs;

    internal JudgeReport(IReadOnlyList<JudgedPair> pairs, IReadOnlyList<RowOutcome<PairVerdict>> outcomes, CallTotals totals) =>
        (this.pairs, Outcomes, Totals) = (pairs, outcomes, totals);

    /// <summary>What became of each pair, in the order of the pairs.</summary>
    public IReadOnlyList<RowOutcome<PairVerdict>> Outcomes { get; }

    /// <summary>What the calls took.</summary>
    public CallTotals Totals { get; }

    /// <summary>Pairs with a verdict.</summary>
    public int Judged => Outcomes.Count(outcome => outcome.IsDone);

    /// <summary>Pairs without one.</summary>
    public int Failed => Outcomes.Count - Judged;

    /// <summary>The share of judged pairs whose two orders named different answers. Half of it are verdicts that the place made.</summary>
    public double FlipRate => Share(verdict => verdict.IsFlipped);

    /// <summary>The share of ties, flipped pairs among them.</summary>
    public double TieRate => Share(verdict => verdict.Preference == Preference.Tie);

    /// <summary>The score of each judged pair: 1 for a win of the first answer, a half for a tie.</summary>
    public IReadOnlyList<double> Scores => [.. Verdicts.Select(verdict => verdict.Score)];

    /// <summary>The share of wins of the first answers, ties counted half, with its bootstrap interval.</summary>
    /// <param name="options">The bootstrap; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">No pair was judged.</exception>
    public Estimate WinRate(BootstrapOptions? options = null) => Bootstrap.Mean(Required(Scores), options);

    /// <summary>The share of wins if the two answers of each pair were equally long.</summary>
    /// <param name="options">The bootstrap; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">No pair was judged.</exception>
    public Estimate LengthControlledWinRate(BootstrapOptions? options = null)
    {
        var rows = Outcomes.Where(outcome => outcome.IsDone).Select(outcome => new LengthControlledRow(
            outcome.Result!.Score, pairs[outcome.Row].First.ToString().Length - pairs[outcome.Row].Second.ToString().Length)).ToList();
        return Feedback.LengthControlledWinRate.Of(Required(rows), options);
    }

    private IEnumerable<PairVerdict> Verdicts => Outcomes.Where(outcome => outcome.IsDone).Select(outcome => outcome.Result!);

    private double Share(Func<PairVerdict, bool> counts) => Judged == 0 ? 0 : (double)Verdicts.Count(counts) / Judged;

    private static IReadOnlyList<T> Required<T>(IReadOnlyList<T> rows) =>
        rows.Count > 0 ? rows : throw new InvalidOperationException("No pair was judged.");
}
