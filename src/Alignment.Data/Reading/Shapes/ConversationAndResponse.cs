namespace Alignment.Data.Reading;

/// <summary>Whole conversations, whose last message is the response; what the assistant said before is part of the prompt.</summary>
internal sealed class ConversationAndResponse : Shape<ResponseParts>
{
    public override string Name => "conversations that end with the response";

    public override Binding<ResponseParts>? Bind(ColumnBinder columns) =>
        columns.Find(ColumnNames.Messages, ColumnKind.Messages) is not { } column ? null : new Binding<ResponseParts>(row =>
        {
            var (prompt, response) = Conversations.SplitLast(row.Messages(column), column);
            return new ResponseParts(new Transcript(prompt), Conversations.Response(response, column));
        });
}
