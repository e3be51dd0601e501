namespace Alignment.Data.Reports;

/// <summary>Pairs whose two responses are one and the same.</summary>
/// <remarks>Their difference of log-ratios is 0 whatever the policy does: loss ln 2, gradient 0 (Rafailov et al. 2023, eq. 7).</remarks>
internal sealed class IdenticalMeasure(DataReportOptions options) : TrainMeasure
{
    private const double Many = 0.01;

    private readonly RowTally _equal = new(options);
    private readonly RowTally _alike = new(options);

    protected override void AddTrain(ReportRow row)
    {
        if (row.Chosen.Transcript.Equals(row.Rejected.Transcript)) _equal.Add(row);
        else _alike.AddIf(row.Chosen.Key == row.Rejected.Key, row);
    }

    public override DataSection? Finish(FindingList findings)
    {
        findings.Add("D201", Share(_equal.Count) > Many ? FindingSeverity.Error : FindingSeverity.Warning, _equal,
            $"{Figures.Of(_equal.Count, "pair")} ({Figures.Percent(Share(_equal.Count))}) {Figures.Verb(_equal.Count, "has", "have")} the same " +
                $"text as chosen and as rejected: nothing can be learnt from them.",
            "Drop them; many of them tell of a fault where the pairs were made.");
        findings.Add("D204", FindingSeverity.Info, _alike,
            $"{Figures.Of(_alike.Count, "pair")} {Figures.Verb(_alike.Count, "differs", "differ")} only in letter case or white space.",
            "Drop them unless that difference is what shall be learnt.");
        return new DataSection("identical", "Chosen = rejected", "To the letter, and apart from letter case and white space.")
        {
            Figures =
            [
                Figures.Share("equal", "Pairs of one text", _equal.Count, Rows),
                Figures.Share("alike", "Pairs that differ in letter case or white space alone", _alike.Count, Rows),
            ],
        };
    }
}
