namespace Alignment.Data.Reports;

/// <summary>Leads the rows of one or two streams past all measures.</summary>
internal static class DataReporter
{
    public static async Task<DataReport> RunAsync(
        RecordKind kind, IAsyncEnumerable<IPromptRecord> train, IAsyncEnumerable<IPromptRecord>? heldOut, DataReportOptions? options,
            CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(train);
        options ??= new DataReportOptions();
        var source = new RowSource(options);
        var measures = Measures.Of(kind, options, source);
        var rows = await AddAsync(train, heldOut: false, source, measures, cancellationToken).ConfigureAwait(false);
        long? heldOutRows = heldOut is null ? null : await AddAsync(heldOut, heldOut: true, source, measures, cancellationToken).ConfigureAwait(false);

        var findings = new FindingList();
        if (rows == 0) findings.Add("D001", FindingSeverity.Error, "There are no rows to train on.",
            "Look at the path, the columns and the policy for bad rows.");
        var sections = measures.Select(measure => measure.Finish(findings)).OfType<DataSection>().ToList();
        return new DataReport
        {
            Title = options.Title,
            Created = options.Time.GetUtcNow(),
            Kind = kind,
            Rows = rows,
            HeldOutRows = heldOutRows,
            Findings = findings.Sorted,
            Sections = rows == 0 ? [] : sections,
            Previews = source.Previews,
        };
    }

    private static async Task<long> AddAsync(
        IAsyncEnumerable<IPromptRecord> records, bool heldOut, RowSource source, IReadOnlyList<Measure> measures, CancellationToken cancellationToken)
    {
        var number = 0L;
        await foreach (var record in records.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = source.Next(record, number++, heldOut);
            foreach (var measure in measures) measure.Add(row);
        }
        return number;
    }
}
