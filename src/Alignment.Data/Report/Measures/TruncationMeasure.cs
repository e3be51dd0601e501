namespace Alignment.Data.Reports;

/// <summary>Which rows are over a limit, by what makes them so: the prompt alone, one response, or both.</summary>
/// <remarks>Lesson of TRL#6548, #3927, #6025: what is cut in silence ends as an empty mask and a loss of NaN or zero.</remarks>
internal sealed class TruncationMeasure(RecordKind kind, string name, string unit, int limit, Func<ReportText, int?> lengthOf,
    DataReportOptions options) : TrainMeasure
{
    private const double MuchLost = 0.2;   // of the rows: then the limit, not the data, is at fault

    private readonly RowTally _prompt = new(options);
    private readonly RowTally _both = new(options);
    private readonly Dictionary<string, RowTally> _response = Parts.Responses(kind).ToDictionary(part => part, _ => new RowTally(options),
        StringComparer.Ordinal);
    private long _measured;

    protected override void AddTrain(ReportRow row)
    {
        if (lengthOf(row.Prompt) is not { } prompt) return;
        _measured++;
        if (row.Responses.Count == 0 ? prompt > limit : prompt >= limit)
        {
            _prompt.Add(row);   // no room for one token of a response
            return;
        }
        var over = row.Responses.Where(response => prompt + lengthOf(response) > limit).ToList();
        if (over.Count == 2) _both.Add(row);
        else if (over.Count == 1) _response[over[0].Part].Add(row);
    }

    public override DataSection? Finish(FindingList findings)
    {
        if (_measured == 0) return null;
        var responses = _response.Values.Sum(tally => tally.Count) + _both.Count;
        var lost = _prompt.Count + responses;
        var severity = lost > MuchLost * _measured ? FindingSeverity.Error : FindingSeverity.Warning;
        var limited = $"{Figures.Whole(limit)} {unit}";
        findings.Add("D502", severity, _prompt,
            $"{Figures.Of(_prompt.Count, "prompt")} alone {Figures.Verb(_prompt.Count, "leaves", "leave")} no room for a response within {limited}.",
            "Raise the limit or leave these rows out; cutting a prompt changes the question.");
        foreach (var (part, tally) in _response.Append(new KeyValuePair<string, RowTally>("both responses", _both)))
            findings.Add("D503", severity, tally,
                $"{Figures.Of(tally.Count, "row")} {Figures.Verb(tally.Count, "is", "are")} over {limited} by {(tally == _both ? part : $"the {part} text")}.",
                "Raise the limit, or drop these rows: a response that is cut loses its end, and the model learns not to stop.");

        List<DataFigure> figures = [Figures.Count("limit", $"Limit ({unit})", limit), Figures.Share("over", "Rows over it", lost, _measured),
            Figures.Count("prompt", "by the prompt alone", _prompt.Count)];
        figures.AddRange(_response.Select(pair => Figures.Count(pair.Key, $"by the {pair.Key} text", pair.Value.Count)));
        if (kind == RecordKind.Pairs) figures.Add(Figures.Count("both", "by both responses", _both.Count));
        return new DataSection(name, $"Over the limit of {limited}",
            "Prompt and response together. Nothing was cut or dropped: these are the rows that training would have to.") { Figures = figures };
    }
}
