namespace Alignment.Data.Reports;

/// <summary>How long prompts and responses are, in characters and, with an encoder, in tokens.</summary>
internal sealed class LengthMeasure(RecordKind kind) : TrainMeasure
{
    private static readonly (string Head, double Share)[] Quantiles = [("Median", 0.5), ("90 %", 0.9), ("99 %", 0.99)];

    private readonly Dictionary<string, LengthCounter> _characters = Parts.Of(kind).ToDictionary(part => part, _ => new LengthCounter(),
        StringComparer.Ordinal);
    private readonly Dictionary<string, LengthCounter> _tokens = Parts.Of(kind).ToDictionary(part => part, _ => new LengthCounter(), StringComparer.Ordinal);

    protected override void AddTrain(ReportRow row)
    {
        foreach (var text in row.Texts)
        {
            _characters[text.Part].Add(text.Characters);
            if (text.Tokens is { } tokens) _tokens[text.Part].Add(tokens);
        }
    }

    public override DataSection? Finish(FindingList findings)
    {
        if (Rows == 0) return null;
        var hasTokens = _tokens.Values.Any(counter => counter.Count > 0);
        List<DataTable> tables = [Table("characters", "Characters", FigureUnit.Characters, _characters)];
        List<DataHistogram> histograms = [.. Histograms("characters", FigureUnit.Characters, _characters)];
        if (hasTokens)
        {
            tables.Add(Table("tokens", "Tokens, the end token of a response included", FigureUnit.Tokens, _tokens));
            histograms.AddRange(Histograms("tokens", FigureUnit.Tokens, _tokens));
        }
        return new DataSection("lengths", "Lengths",
            "Quantiles are exact (nearest rank). The last bin of a histogram holds the tail beyond the 99th percentile. Characters are UTF-16 units.")
        {
            Tables = tables,
            Histograms = histograms,
        };
    }

    private DataTable Table(string name, string title, FigureUnit unit, Dictionary<string, LengthCounter> counters) => new(
        name, title, ["Text", "Mean", .. Quantiles.Select(quantile => quantile.Head), "Most"], [.. Enumerable.Repeat(unit, Quantiles.Length + 2)],
        [.. Parts.Of(kind).Where(part => counters[part].Count > 0).Select(part => new DataTableRow(part,
            [counters[part].Mean, .. Quantiles.Select(quantile => (double?)counters[part].Quantile(quantile.Share)), counters[part].Max]))]);

    private IEnumerable<DataHistogram> Histograms(string name, FigureUnit unit, Dictionary<string, LengthCounter> counters)
    {
        var noun = unit == FigureUnit.Tokens ? "Tokens" : "Characters";
        yield return LengthBins.Of($"{name}Prompt", $"{noun} of prompts", unit, [(Parts.Prompt, counters[Parts.Prompt])]);
        var responses = Parts.Responses(kind).Where(part => counters[part].Count > 0).Select(part => (part, counters[part])).ToList();
        if (responses.Count > 0) yield return LengthBins.Of($"{name}Responses", $"{noun} of responses", unit, responses);
    }
}
