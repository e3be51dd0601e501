namespace Alignment.Data.Reading;

/// <summary>A prompt and a response: TRL's prompt and completion, Alpaca's instruction, input and output.</summary>
/// <remarks>All of it text gives text; one part that is messages, or a system text, makes all of them messages.</remarks>
internal sealed class PromptAndResponse : Shape<ResponseParts>
{
    public override string Name => "prompt and response";

    public override Binding<ResponseParts>? Bind(ColumnBinder columns)
    {
        if (PromptColumns.Bind(columns) is not { } prompt) return null;
        if (columns.Find(ColumnNames.Response, ColumnKind.Text | ColumnKind.Messages) is not { } response) return null;
        if (response.Kind == ColumnKind.Messages) return new Binding<ResponseParts>(row => ReadMessages(row, prompt, response));
        return prompt.IsText
            ? new Binding<ResponseParts>(row => new ResponseParts(prompt.Read(row), row.Text(response)))
            : new Binding<ResponseParts>(row => new ResponseParts(prompt.Read(row), new Transcript([new ChatMessage(ChatRoles.Assistant, row.Text(response))])));
    }

    private static ResponseParts ReadMessages(Row row, PromptColumns prompt, BoundColumn column)
    {
        var messages = row.Messages(column);
        if (Conversations.BeginsWithAssistant(messages)) return Parts(prompt.Messages(row), messages);
        if (!prompt.IsTextColumn) return Parts(prompt.Messages(row), Conversations.After(prompt.Messages(row), messages, column));
        var (before, last) = Conversations.SplitLast(messages, column);
        Conversations.RequirePrompt(before, prompt.Text(row));
        return Parts(prompt.WithSystem(row, before), last);

        ResponseParts Parts(IReadOnlyList<ChatMessage> before, IReadOnlyList<ChatMessage> response) =>
            new(new Transcript(before), Conversations.Response(response, column));
    }
}
