namespace Alignment.Data.Reading;

/// <summary>Two conversations with a common beginning, without a column of prompts: TRL's implicit prompt, argilla's dpo-mix.</summary>
internal sealed class ConversationPair : Shape<PairParts>
{
    public override string Name => "two conversations with a common beginning";

    public override Binding<PairParts>? Bind(ColumnBinder columns) =>
        PairColumns.Bind(columns, ColumnKind.Messages) is not { } pair ? null : new Binding<PairParts>(row =>
        {
            var (prompt, chosen, rejected) = Conversations.Split(row.Messages(pair.Chosen), row.Messages(pair.Rejected));
            return new PairParts(new Transcript(prompt), Conversations.Response(chosen, pair.Chosen), Conversations.Response(rejected, pair.Rejected));
        });
}
