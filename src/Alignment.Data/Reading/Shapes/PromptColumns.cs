namespace Alignment.Data.Reading;

/// <summary>Where a row's prompt stands: a column of text or messages, a system text beside it, an input below an instruction.</summary>
internal sealed class PromptColumns
{
    private const string Instruction = "instruction";

    private readonly BoundColumn _prompt;
    private readonly BoundColumn? _input;
    private readonly BoundColumn? _system;

    private PromptColumns(BoundColumn prompt, BoundColumn? input, BoundColumn? system)
    {
        _prompt = prompt;
        _input = input;
        _system = system;
    }

    /// <summary>Whether the prompt is text as it stands.</summary>
    public bool IsText => IsTextColumn && _system is null;

    /// <summary>Whether the column of the prompt holds text, which messages may repeat.</summary>
    public bool IsTextColumn => _prompt.Kind == ColumnKind.Text;

    public static PromptColumns? Bind(ColumnBinder columns)
    {
        var prompt = columns.Find(ColumnNames.Prompt, ColumnKind.Text | ColumnKind.Messages);
        var isInstruction = prompt is { Name: Instruction, Kind: ColumnKind.Text };
        var input = prompt is null || isInstruction || columns.Options.Columns.ContainsKey(ColumnNames.Input) ? columns.Find(ColumnNames.Input, ColumnKind.Text) : null;
        if (prompt is null) (prompt, input) = (input, null);
        if (prompt is null) return null;
        return new PromptColumns(prompt, input, prompt.Kind == ColumnKind.Text ? columns.Find(ColumnNames.System, ColumnKind.Text) : null);
    }

    public Transcript Read(Row row) => IsText ? new Transcript(Text(row)) : new Transcript(Messages(row));

    /// <summary>The text of the prompt without the system's.</summary>
    public string Text(Row row) =>
        _input is not null && row.OptionalText(_input) is { Length: > 0 } input ? $"{row.Text(_prompt)}\n\n{input}" : row.Text(_prompt);

    /// <summary>The prompt as messages: a text is the user's.</summary>
    public IReadOnlyList<ChatMessage> Messages(Row row) =>
        IsTextColumn ? WithSystem(row, [new ChatMessage(ChatRoles.User, Text(row))]) : row.Messages(_prompt);

    /// <summary>Messages with the row's system text before them, where it has one and they don't.</summary>
    public IReadOnlyList<ChatMessage> WithSystem(Row row, IReadOnlyList<ChatMessage> messages) =>
        _system is not null && messages[0].Role != ChatRoles.System && row.OptionalText(_system) is { Length: > 0 } system
            ? [new ChatMessage(ChatRoles.System, system), .. messages]
            : messages;
}
