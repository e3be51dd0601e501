namespace Alignment.Data.Reports;

/// <summary>Pairs whose own ratings say that neither response, or the rejected one, is better.</summary>
internal sealed class MarginMeasure(DataReportOptions options) : TrainMeasure
{
    private const double ManyTies = 0.1;
    private const double ManyInverted = 0.05;

    private readonly RowTally _tied = new(options);
    private readonly RowTally _inverted = new(options);
    private long _rated;
    private double _sum;

    protected override void AddTrain(ReportRow row)
    {
        if (row.Record is not PreferencePair { Margin: { } margin }) return;
        _rated++;
        _sum += margin;
        _tied.AddIf(margin == 0, row);
        _inverted.AddIf(margin < 0, row);
    }

    public override DataSection? Finish(FindingList findings)
    {
        if (_rated == 0) return null;
        var share = (double)_inverted.Count / _rated;
        findings.Add("D903", share > ManyInverted ? FindingSeverity.Error : FindingSeverity.Warning, _inverted,
            $"{Figures.Of(_inverted.Count, "pair")} ({Figures.Percent(share)} of those with a margin) {Figures.Verb(_inverted.Count, "is", "are")} " +
                $"rated the other way round than they are labelled.", "Turn these pairs, drop them, or look how the margin was made.");
        if (_tied.Count > ManyTies * _rated)
            findings.Add("D904", FindingSeverity.Warning, _tied,
                $"{Figures.Of(_tied.Count, "pair")} ({Figures.Percent((double)_tied.Count / _rated)} of those with a margin) " +
                $"{Figures.Verb(_tied.Count, "is", "are")} ties: their order is chance.",
                "Drop ties, or ask for a least gap where ratings become pairs.");
        return new DataSection("margins", "Margins", "What the rows' own ratings say of their labels.")
        {
            Figures =
            [
                Figures.Share("rated", "Pairs with a margin", _rated, Rows), Figures.Number("mean", "Mean margin", _sum / _rated),
                Figures.Share("tied", "Ties, of pairs with a margin", _tied.Count, _rated),
                Figures.Share("inverted", "Margin against the label", _inverted.Count, _rated),
            ],
        };
    }
}
