namespace Alignment.Data.Reading;

/// <summary>Conversations that wait for the assistant, as prompts.</summary>
internal sealed class OpenConversation : Shape<Transcript>
{
    public override string Name => "conversations that end with the user";

    public override Binding<Transcript>? Bind(ColumnBinder columns) =>
        columns.Find(ColumnNames.Messages, ColumnKind.Messages) is not { } column ? null : new Binding<Transcript>(row => Require(new Transcript(row.Messages(column))));

    /// <summary>Sees that the assistant's turn is next.</summary>
    public static Transcript Require(Transcript prompt) => prompt.Messages is not [.., { Role: ChatRoles.Assistant }] ? prompt
        : throw new RowException(RowProblem.UnexpectedTurn, "the conversation must end with the user or a tool, so that there is something to answer; it ends with the assistant.");
}
