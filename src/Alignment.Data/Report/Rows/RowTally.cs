namespace Alignment.Data.Reports;

/// <summary>Counts rows and remembers the first of them.</summary>
internal sealed class RowTally(DataReportOptions options)
{
    private readonly List<RowReference> _examples = [];

    public long Count { get; private set; }

    public IReadOnlyList<RowReference> Examples => _examples;

    public void Add(ReportRow row)
    {
        Count++;
        if (_examples.Count < options.ExamplesPerFinding) _examples.Add(row.Reference(options.IncludeExamples));
    }

    public void AddIf(bool hit, ReportRow row)
    {
        if (hit) Add(row);
    }
}
