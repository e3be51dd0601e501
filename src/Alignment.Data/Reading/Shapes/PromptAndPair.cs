namespace Alignment.Data.Reading;

/// <summary>A prompt and two responses: TRL's explicit prompt, UltraFeedback-binarized, argilla's and Orca's pairs.</summary>
/// <remarks>
/// All of it text gives text; one part that is messages, or a system text, makes all of them messages. Responses that are whole conversations
/// (UltraFeedback) are cut where they part, or after the prompt where that is messages.
/// </remarks>
internal sealed class PromptAndPair : Shape<PairParts>
{
    public override string Name => "prompt and two responses";

    public override Binding<PairParts>? Bind(ColumnBinder columns)
    {
        if (PromptColumns.Bind(columns) is not { } prompt || PairColumns.Bind(columns, ColumnKind.Text | ColumnKind.Messages) is not { } pair) return null;
        if (pair.Kind == ColumnKind.Messages) return new Binding<PairParts>(row => ReadMessages(row, prompt, pair));
        return prompt.IsText
            ? new Binding<PairParts>(row => new PairParts(prompt.Read(row), row.Text(pair.Chosen), row.Text(pair.Rejected)))
            : new Binding<PairParts>(row => new PairParts(prompt.Read(row), Answer(row, pair.Chosen), Answer(row, pair.Rejected)));
    }

    private static PairParts ReadMessages(Row row, PromptColumns prompt, PairColumns pair)
    {
        var (chosen, rejected) = (row.Messages(pair.Chosen), row.Messages(pair.Rejected));
        var isWhole = !Conversations.BeginsWithAssistant(chosen);
        if (isWhole == Conversations.BeginsWithAssistant(rejected))
            throw new RowException(RowProblem.UnexpectedTurn, $"one of columns '{pair.Chosen.Name}' and '{pair.Rejected.Name}' begins with the assistant and the other does not.");
        if (!isWhole) return Parts(prompt.Messages(row), chosen, rejected);
        if (!prompt.IsTextColumn)
        {
            var messages = prompt.Messages(row);
            return Parts(messages, Conversations.After(messages, chosen, pair.Chosen), Conversations.After(messages, rejected, pair.Rejected));
        }
        var (common, better, worse) = Conversations.Split(chosen, rejected);
        Conversations.RequirePrompt(common, prompt.Text(row));
        return Parts(prompt.WithSystem(row, common), better, worse);

        PairParts Parts(IReadOnlyList<ChatMessage> before, IReadOnlyList<ChatMessage> good, IReadOnlyList<ChatMessage> bad) =>
            new(new Transcript(before), Conversations.Response(good, pair.Chosen), Conversations.Response(bad, pair.Rejected));
    }

    private static Transcript Answer(Row row, BoundColumn column) => new([new ChatMessage(ChatRoles.Assistant, row.Text(column))]);
}
