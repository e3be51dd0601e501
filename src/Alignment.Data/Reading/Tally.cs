namespace Alignment.Data.Reading;

/// <summary>Counts rows while they are read.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<RowProblem, (long Count, string First)> _skipped = [];
    private long _skippedRows;

    public long Records { get; private set; }

    public ReadCounts Counts =>
        new(Records + _skippedRows, Records, [.. _skipped.Select(entry => new SkippedRows(entry.Key, entry.Value.Count, entry.Value.First))]);

    public void Count() => Records++;

    public void Skip(RowProblem problem, string message)
    {
        _skippedRows++;
        _skipped[problem] = _skipped.TryGetValue(problem, out var known) ? (known.Count + 1, known.First) : (1, message);
    }
}
