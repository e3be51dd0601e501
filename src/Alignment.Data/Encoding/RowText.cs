namespace Alignment.Data;

/// <summary>One form of records, as the text that a model reads.</summary>
internal abstract class RowText
{
    /// <summary>Whether the encoder must write the end token, since the text has none.</summary>
    public abstract bool NeedsEnd { get; }

    /// <summary>What stands before a text.</summary>
    public abstract int[] Begin { get; }

    /// <summary>The prompt's text up to where the response begins, and its messages where it has some; null where the row is left out.</summary>
    public abstract (string Text, IReadOnlyList<ChatMessage>? Messages)? Prompt(Transcript prompt, RowNotes notes);

    /// <summary>The text of prompt and response, of which the prompt's is the beginning; null where the row is left out.</summary>
    public abstract string? Whole(RowPrompt prompt, Transcript response, RowNotes notes);

    /// <summary>The ids of a text of this form.</summary>
    public abstract IReadOnlyList<int> Ids(string text, RowNotes notes);
}
