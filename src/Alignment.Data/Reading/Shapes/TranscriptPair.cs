namespace Alignment.Data.Reading;

/// <summary>Two transcripts of HH-RLHF, which share everything up to the last <c>Assistant:</c> of the prompt. They become messages.</summary>
/// <remarks>
/// Bai et al. 2022, arXiv 2204.05862. A turn begins with two line breaks and <c>Human:</c> or <c>Assistant:</c>; one space after the colon belongs to
/// the mark. Where transcripts part before their last turn, the responses hold the turns that differ.
/// </remarks>
internal sealed class TranscriptPair : Shape<PairParts>
{
    public override string Name => "two transcripts of Human and Assistant";

    public override Binding<PairParts>? Bind(ColumnBinder columns) =>
        PairColumns.Bind(columns, ColumnKind.Text) is not { } pair ? null : new Binding<PairParts>(row => Read(row, pair))
        {
            Recognizes = row => Transcripts.IsOne(row.Text(pair.Chosen)) && Transcripts.IsOne(row.Text(pair.Rejected)),
        };

    private static PairParts Read(Row row, PairColumns pair)
    {
        var (chosen, rejected) = (Text(row, pair.Chosen), Text(row, pair.Rejected));
        var border = Transcripts.LastAnswerWithin(chosen, chosen.AsSpan().CommonPrefixLength(rejected));
        if (border < 0) throw new RowException(RowProblem.NoCommonPrompt, "the two transcripts must be the same up to an 'Assistant:'; they aren't.");
        return new PairParts(
            new Transcript(Transcripts.Messages(chosen[..border])),
            Conversations.Response(Transcripts.Messages(chosen[border..]), pair.Chosen),
            Conversations.Response(Transcripts.Messages(rejected[border..]), pair.Rejected));
    }

    private static string Text(Row row, BoundColumn column) => row.Text(column) is var text && Transcripts.IsOne(text) ? text
        : throw new RowException(RowProblem.OtherShape, column, "must hold a transcript that begins with '\\n\\nHuman:', as the first row does; it doesn't.");
}
