namespace Alignment.Data.Reading;

/// <summary>Two texts with a common beginning, without a column of prompts: TRL's implicit prompt.</summary>
/// <remarks>
/// The prompt is what both begin with, less a last space, which belongs to the responses. Where one text is the beginning of the other, its last
/// character is its response.
/// </remarks>
internal sealed class TextPair : Shape<PairParts>
{
    public override string Name => "two texts with a common beginning";

    public override Binding<PairParts>? Bind(ColumnBinder columns) =>
        PairColumns.Bind(columns, ColumnKind.Text) is not { } pair ? null
            : new Binding<PairParts>(row => Split(Text(row, pair.Chosen), Text(row, pair.Rejected)));

    public static PairParts Split(string chosen, string rejected)
    {
        var last = Math.Min(chosen.Length, rejected.Length) - 1;
        var border = Math.Min(chosen.AsSpan().CommonPrefixLength(rejected), last);
        var differs = chosen[border] != rejected[border];
        if (border > 0 && char.IsLowSurrogate(chosen[border]) && char.IsHighSurrogate(chosen[border - 1])) border--;   // half a character is none
        if (border > 0 && differs && chosen[border - 1] == ' ') border--;
        return new PairParts(chosen[..border], chosen[border..], rejected[border..]);
    }

    private static string Text(Row row, BoundColumn column)
    {
        var text = row.Text(column);
        if (text.Length == 0) throw new RowException(RowProblem.Missing, column, "must hold prompt and response; it is empty.");
        return !Transcripts.IsOne(text) ? text
            : throw new RowException(RowProblem.OtherShape, column, "must hold text as the first row does; it is a transcript that begins with '\\n\\nHuman:'.");
    }
}
