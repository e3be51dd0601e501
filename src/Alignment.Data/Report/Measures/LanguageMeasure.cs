namespace Alignment.Data.Reports;

/// <summary>Which languages prompts and responses are in.</summary>
internal sealed class LanguageMeasure(RecordKind kind, DataReportOptions options) : TrainMeasure
{
    private const double Notable = 0.05;

    private readonly Dictionary<string, long[]> _counts = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _parts = Parts.Of(kind);
    private readonly RowTally _otherThanPrompt = new(options);
    private readonly RowTally _differ = new(options);
    private readonly long[] _all = new long[Parts.Of(kind).Count];

    protected override void AddTrain(ReportRow row)
    {
        var prompt = Note(row.Prompt);
        if (row.Responses.Count == 0) return;
        var first = Note(row.Responses[0]);
        _otherThanPrompt.AddIf(AreDifferent(prompt, first), row);
        if (row.Responses.Count == 2) _differ.AddIf(AreDifferent(first, Note(row.Responses[1])), row);
    }

    public override DataSection? Finish(FindingList findings)
    {
        if (Rows == 0) return null;
        if (Share(_otherThanPrompt.Count) > Notable)
            findings.Add("D701", FindingSeverity.Warning, _otherThanPrompt,
                $"{Figures.Of(_otherThanPrompt.Count, "row")} ({Figures.Percent(Share(_otherThanPrompt.Count))}) " +
                $"{Figures.Verb(_otherThanPrompt.Count, "answers", "answer")} in another language than the prompt's.",
                "Unless they translate: drop them, or the model learns to change the language.");
        if (Share(_differ.Count) > Notable)
            findings.Add("D702", FindingSeverity.Warning, _differ,
                $"In {Figures.Of(_differ.Count, "pair")} ({Figures.Percent(Share(_differ.Count))}) chosen and rejected are in different languages.",
                "The language, not the answer, is then what is preferred: compare answers in one language.");
        List<DataFigure> figures = [];
        if (kind != RecordKind.Prompts)
            figures.Add(Figures.Share("otherThanPrompt", "Rows answered in another language than the prompt's", _otherThanPrompt.Count, Rows));
        if (kind == RecordKind.Pairs) figures.Add(Figures.Share("differ", "Pairs in two languages", _differ.Count, Rows));
        return new DataSection("languages", "Languages",
            "Script and stop-word heuristics on the first 1,000 characters, not a trained detector: short texts and code may be misread. Latn, " +
                "Cyrl, Arab, Deva: that script, language unknown; Zyyy: another script; zxx: no letters.")
        {
            Figures = figures,
            Tables = [new DataTable("mix", "Share by language", ["Language", .. _parts], [.. Enumerable.Repeat(FigureUnit.Share, _parts.Count)],
                [.. _counts.OrderByDescending(pair => pair.Value.Sum()).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => new DataTableRow(pair.Key, [.. pair.Value.Select((count, i) => _all[i] == 0 ? null : (double?)count / _all[i])]))])],
        };
    }

    private string Note(ReportText text)
    {
        var language = Languages.Of(text.Text);
        if (!_counts.TryGetValue(language, out var counts)) _counts[language] = counts = new long[_parts.Count];
        var part = 0;
        while (_parts[part] != text.Part) part++;
        counts[part]++;
        _all[part]++;
        return language;
    }

    // Where one is not known, the two may well be one.
    private static bool AreDifferent(string one, string other) => one != other && one.Length == 2 && other.Length == 2;
}
