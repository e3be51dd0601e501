namespace Alignment.Data.Reports;

/// <summary>Held-out rows whose prompt is also trained on.</summary>
internal sealed class LeakMeasure(DataReportOptions options) : Measure
{
    private const double Much = 0.01;
    private const double MuchNear = 0.05;

    private readonly RowTally _same = new(options);
    private readonly RowTally _near = new(options);
    private long _rows;

    public override void Add(ReportRow row)
    {
        if (!row.HeldOut) return;
        _rows++;
        _same.AddIf(row.Match.SameTrainRow is not null, row);
        _near.AddIf(row.Match.SameTrainRow is null && row.Match.NearTrainRow is not null, row);
    }

    public override DataSection? Finish(FindingList findings)
    {
        if (_rows == 0) return null;
        var share = (double)_same.Count / _rows;
        findings.Add("D401", share > Much ? FindingSeverity.Error : FindingSeverity.Warning, _same,
            $"{Figures.Of(_same.Count, "held-out row")} ({Figures.Percent(share)}) {Figures.Verb(_same.Count, "has", "have")} a prompt that is " +
                $"trained on.", "Split by prompt, not by row, and take these out of one side: held-out numbers are too good.");
        if (_near.Count > MuchNear * _rows)
            findings.Add("D402", FindingSeverity.Warning, _near,
                $"{Figures.Of(_near.Count, "held-out row")} {Figures.Verb(_near.Count, "has", "have")} a prompt that is nearly one that is trained on.",
                "Group near-duplicates before splitting, or read held-out numbers as those of seen prompts.");
        List<DataFigure> figures =
        [
            Figures.Count("rows", "Held-out rows", _rows),
            Figures.Share("same", "with a prompt that is trained on", _same.Count, _rows),
        ];
        if (options.NearDuplicates) figures.Add(Figures.Share("near", "with a prompt nearly so", _near.Count, _rows));
        return new DataSection("leak", "Held-out rows", "Compared with all prompts to train on, apart from letter case and white space.") { Figures = figures };
    }
}
