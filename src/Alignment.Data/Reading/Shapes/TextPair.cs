namespace Alignment.Data.Reading;

/// <summary>Two texts with a common beginning, without a column of prompts: TRL's implicit prompt.</summary>
/// <remarks>The rule of <see cref="PromptExtraction"/>.</remarks>
internal sealed class TextPair : Shape<PairParts>
{
    public override string Name => "two texts with a common beginning";

    public override Binding<PairParts>? Bind(ColumnBinder columns) =>
        PairColumns.Bind(columns, ColumnKind.Text) is not { } pair ? null
            : new Binding<PairParts>(row =>
            {
                var found = PromptExtraction.Extract(Text(row, pair.Chosen), Text(row, pair.Rejected))!;   // of texts there is always one
                return new PairParts(found.Prompt, found.Chosen, found.Rejected);
            });

    private static string Text(Row row, BoundColumn column)
    {
        var text = row.Text(column);
        if (text.Length == 0) throw new RowException(RowProblem.Missing, column, "must hold prompt and response; it is empty.");
        return !Transcripts.IsOne(text) ? text
            : throw new RowException(RowProblem.OtherShape, column, "must hold text as the first row does; it is a transcript that begins with '\\n\\nHuman:'.");
    }
}
