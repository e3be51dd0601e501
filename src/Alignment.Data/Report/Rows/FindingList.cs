namespace Alignment.Data.Reports;

/// <summary>What the measures found.</summary>
internal sealed class FindingList
{
    private readonly List<DataFinding> _findings = [];

    /// <summary>The worst first, then by code.</summary>
    public IReadOnlyList<DataFinding> Sorted =>
        [.. _findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Code, StringComparer.Ordinal)];

    public void Add(string code, FindingSeverity severity, string message, string remedy) =>
        _findings.Add(new DataFinding(code, severity, message, remedy, 0, []));

    /// <summary>A finding about rows, where there are any.</summary>
    public void Add(string code, FindingSeverity severity, RowTally rows, string message, string remedy)
    {
        if (rows.Count > 0) _findings.Add(new DataFinding(code, severity, message, remedy, rows.Count, rows.Examples));
    }

    /// <summary>A finding about rows that are known only by number, as those are that only all rows together tell of.</summary>
    public void Add(string code, FindingSeverity severity, IReadOnlyCollection<long> rows, string message, string remedy, DataReportOptions options)
    {
        if (rows.Count > 0)
            _findings.Add(new DataFinding(code, severity, message, remedy, rows.Count, [.. rows.Take(options.ExamplesPerFinding).Select(row =>
                new RowReference(row, HeldOut: false, null, null, null))]));
    }
}
