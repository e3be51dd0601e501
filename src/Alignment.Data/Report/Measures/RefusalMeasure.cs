namespace Alignment.Data.Reports;

/// <summary>How many responses refuse.</summary>
/// <remarks>Röttger et al. 2024, "XSTest" (arXiv 2308.01263): models that learnt too many refusals refuse harmless requests.</remarks>
internal sealed class RefusalMeasure(RecordKind kind, DataReportOptions options) : TrainMeasure
{
    private const double Many = 0.3;
    private const double Notable = 0.05;

    private readonly Dictionary<string, (long Refusals, long All)> _parts = Parts.Responses(kind).ToDictionary(part => part, _ => (0L, 0L),
        StringComparer.Ordinal);
    private readonly RowTally _chosenAlone = new(options);
    private long _rejectedAlone;

    protected override void AddTrain(ReportRow row)
    {
        Span<bool> refuses = [false, false];
        for (var i = 0; i < row.Responses.Count; i++)
        {
            var (refusals, all) = _parts[row.Responses[i].Part];
            refuses[i] = Refusals.IsRefusal(row.Responses[i].Text);
            _parts[row.Responses[i].Part] = (refusals + (refuses[i] ? 1 : 0), all + 1);
        }
        if (row.Responses.Count < 2 || refuses[0] == refuses[1]) return;
        if (refuses[0]) _chosenAlone.Add(row);
        else _rejectedAlone++;
    }

    public override DataSection? Finish(FindingList findings)
    {
        if (_parts.Values.All(part => part.All == 0)) return null;
        if (Share(_chosenAlone.Count) > Notable)
            findings.Add("D601", FindingSeverity.Info, _chosenAlone,
                $"In {Figures.Of(_chosenAlone.Count, "pair")} ({Figures.Percent(Share(_chosenAlone.Count))}) the chosen response refuses and the " +
                $"rejected one answers.",
                "Right for harmful requests; read some rows to see that the requests are.");
        var (good, count) = _parts.First(part => part.Key != Parts.Undesirable);
        if (count.All > 0 && count.Refusals > Many * count.All)
            findings.Add("D602", FindingSeverity.Warning, $"{Figures.Percent((double)count.Refusals / count.All)} of the {good} responses refuse.",
                "Mix in harmless requests that are answered, and measure over-refusal after training (XSTest, arXiv 2308.01263).");
        List<DataFigure> figures = [.. _parts.Where(part => part.Value.All > 0).Select(part => Figures.Share(part.Key,
            $"{char.ToUpperInvariant(part.Key[0])}{part.Key[1..]} responses that refuse", part.Value.Refusals, part.Value.All))];
        if (kind == RecordKind.Pairs)
        {
            figures.Add(Figures.Share("chosenAlone", "Pairs of which only the chosen response refuses", _chosenAlone.Count, Rows));
            figures.Add(Figures.Share("rejectedAlone", "Pairs of which only the rejected response refuses", _rejectedAlone, Rows));
        }
        return new DataSection("refusals", "Refusals",
            "Set phrases at the beginning of a response, in English and Korean: a lower bound, since a refusal may be put in other " +
            "words.") { Figures = figures };
    }
}
