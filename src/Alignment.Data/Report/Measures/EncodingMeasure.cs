namespace Alignment.Data.Reports;

/// <summary>Beginning, end and text of rows, looked at in their tokens.</summary>
/// <remarks>Lessons of trl#1591 and axolotl#1616 (two begin tokens), trl#1623 (an end token that is never learnt), trl#6105 (text that
/// changes at the border of a token).</remarks>
internal sealed class EncodingMeasure(RecordKind kind, RowTokenizer rows, DataReportOptions options) : TrainMeasure
{
    private readonly ITokenizer _tokenizer = options.Tokenizer!;
    private const int Decoded = 1000;   // rows whose tokens are decoded again

    private readonly RowTally _refused = new(options);
    private readonly RowTally _twoBegins = new(options);
    private readonly RowTally _noBegin = new(options);
    private readonly RowTally _noEnd = new(options);
    private readonly RowTally _otherText = new(options);
    private string? _refusal;
    private long _encoded;

    protected override void AddTrain(ReportRow row)
    {
        if (row.Tokens is not { } tokens) return;
        if (tokens.Refusal is { } refusal)
        {
            _refusal ??= refusal;
            _refused.Add(row);
            return;
        }
        _encoded++;
        List<IEnumerable<int>> sequences = tokens.Responses.Count == 0 ? [tokens.Prompt] : [.. tokens.Responses.Select(tokens.Prompt.Concat)];
        if (_tokenizer.BeginId is { } begin)
        {
            _twoBegins.AddIf(sequences.Any(ids => ids.Count(id => id == begin) > 1), row);
            _noBegin.AddIf(_tokenizer.BeforeText.Contains(begin) && tokens.Prompt.FirstOrDefault(-1) != begin, row);
        }
        _noEnd.AddIf(tokens.HasNoEnd, row);
        if (_encoded <= Decoded && (kind != RecordKind.Demonstrations || options.Encoding.TrainOn == TrainOn.Response))
            _otherText.AddIf(tokens.Responses.Where((ids, i) => !row.Responses[i].Transcript.IsConversational
                && !IsSame(_tokenizer.Decode(ids, skipSpecialTokens: true), row.Responses[i].Text)).Any(), row);
    }

    public override DataSection? Finish(FindingList findings)
    {
        var most = Math.Max(1, Rows / 100);
        findings.Add("D144", _refused.Count > most ? FindingSeverity.Error : FindingSeverity.Warning, _refused,
            $"{Figures.Of(_refused.Count, "row")} can't be encoded. The first: {_refusal}", "Mend or drop them; training would.");
        findings.Add("D141", FindingSeverity.Error, _twoBegins,
            $"{Figures.Of(_twoBegins.Count, "row")} {Figures.Verb(_twoBegins.Count, "has", "have")} more than one begin token.",
            "Let either the template or EncodingOptions.AddBegin write it, not both.");
        findings.Add("D142", FindingSeverity.Warning, _noBegin,
            $"{Figures.Of(_noBegin.Count, "row")} {Figures.Verb(_noBegin.Count, "lacks", "lack")} the begin token that this tokenizer puts before " +
            $"texts.", "Set EncodingOptions.AddBegin, or a template that writes it.");
        findings.Add("D143", FindingSeverity.Error, _noEnd,
            $"{Figures.Of(_noEnd.Count, "row")} {Figures.Verb(_noEnd.Count, "has", "have")} a response without an end token: the model would never " +
            $"learn to stop.", "Use the template of the model, or a tokenizer that names its end token.");
        findings.Add("D145", FindingSeverity.Warning, _otherText,
            $"{Figures.Of(_otherText.Count, "row")} of the first {Figures.Whole(Math.Min(_encoded, Decoded))} " +
            $"{Figures.Verb(_otherText.Count, "decodes", "decode")} to another text than they were made of.",
            "Look at normalizer and special tokens of the tokenizer.");
        var counts = rows.Counts;
        return new DataSection("encoding", "Tokens",
            "Each row as training will see it, without the limit of length. A response must end in a special token, white space after it aside; " +
            "masks come from lengths, so that its end is trained even where it also pads.")
        {
            Figures =
            [
                Figures.Count("encoded", "Rows encoded", _encoded), Figures.Count("refused", "Rows refused", _refused.Count),
                Figures.Count("twoBegins", "Rows with two begin tokens", _twoBegins.Count),
                Figures.Count("noBegin", "Rows without the begin token", _noBegin.Count), Figures.Count("noEnd", "Rows without an end token", _noEnd.Count),
                Figures.Count("splitBorders", "Responses encoded apart from their prompt", counts.SplitBorders),
                Figures.Count("spelled", "Rows that spell special tokens", counts.RowsSpellingSpecialTokens),
            ],
            Tables = counts.Dropped == 0 ? [] : [new DataTable("refused", "Rows refused by cause", ["Cause", "Rows"], [FigureUnit.Count],
                [.. counts.DroppedByCause.OrderBy(cause => cause.Key).Select(cause => new DataTableRow(cause.Key.ToString(), [cause.Value]))])],
        };
    }

    private static bool IsSame(string decoded, string text) => decoded.AsSpan().Trim().SequenceEqual(text.AsSpan().Trim());
}
