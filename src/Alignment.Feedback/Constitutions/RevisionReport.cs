namespace Alignment.Feedback;

/// <summary>What came of revising many answers.</summary>
/// <param name="Outcomes">What became of each row, in the order of the rows.</param>
/// <param name="Totals">What the calls took.</param>
public sealed record RevisionReport(IReadOnlyList<RowOutcome<RevisionTrace>> Outcomes, CallTotals Totals)
{
    /// <summary>The traces of rows that did not fail.</summary>
    public IEnumerable<RevisionTrace> Traces => Outcomes.Where(outcome => outcome.IsDone).Select(outcome => outcome.Result!);

    /// <summary>Last answers to imitate, for supervised fine-tuning.</summary>
    public IReadOnlyList<Demonstration> Demonstrations => [.. Traces.Select(trace => trace.ToDemonstration())];

    /// <summary>Last answers preferred to first ones, where they differ.</summary>
    public IReadOnlyList<PreferencePair> Pairs => [.. Traces.Select(trace => trace.ToPair()).OfType<PreferencePair>()];

    /// <summary>How often each principle was drawn, and how often it changed an answer.</summary>
    public IReadOnlyDictionary<string, (int Drawn, int Changed)> ByPrinciple => Traces.SelectMany(trace => trace.Steps)
        .GroupBy(step => step.Principle, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => (group.Count(), group.Count(step => step.Revision is not null)), StringComparer.Ordinal);
}
