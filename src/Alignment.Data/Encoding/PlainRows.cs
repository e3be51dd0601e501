namespace Alignment.Data;

/// <summary>Records of plain text, with the fixed text of a format around prompts.</summary>
internal sealed class PlainRows : RowText
{
    private readonly ITokenizer _tokenizer;
    private readonly PromptFormat _format;
    private readonly bool _parses;
    private readonly SpelledTokens _spelled;
    private readonly string _end;

    /// <exception cref="ArgumentException">The tokenizer lacks a token that the options need.</exception>
    public PlainRows(ITokenizer tokenizer, EncodingOptions options, SpelledTokens spelled, int endId)
    {
        (_tokenizer, _format, _parses, _spelled) = (tokenizer, options.Format, options.ParseSpecialTokens, spelled);
        _end = tokenizer.Decode([endId]);
        var formatBegins = tokenizer.EncodeWithSpecialTokens(_format.Before) is [var first, ..] && first == tokenizer.BeginId;
        if (formatBegins && options.AddBegin == true)
            throw new ArgumentException("AddBegin and Format must not both write a begin token; Format.Before begins with one.", nameof(options));
        Begin = options.AddBegin switch
        {
            true => [BeginToken.Of(tokenizer)],
            null when !formatBegins => [.. tokenizer.BeforeText],
            _ => [],
        };
    }

    public override bool NeedsEnd => true;

    public override int[] Begin { get; }

    public override (string Text, IReadOnlyList<ChatMessage>? Messages)? Prompt(Transcript prompt, RowNotes notes) =>
        Protected(prompt.Text!, notes) is { } text ? (_format.Before + text + _format.After, null) : null;

    public override string? Whole(RowPrompt prompt, Transcript response, RowNotes notes)
    {
        if (response.Text is not { } text)
        {
            notes.Drop(DropCause.Malformed, "A prompt of plain text must have responses of plain text; a response holds chat messages.");
            return null;
        }
        text = WithoutEnd(text, notes);
        if (!string.IsNullOrWhiteSpace(text)) return Protected(text, notes) is { } kept ? prompt.Text + kept : null;
        notes.Drop(DropCause.EmptyResponse, "A response must hold more than white space.");
        return null;
    }

    // Without a format no token of the text is special, wherever prompt and response meet.
    public override IReadOnlyList<int> Ids(string text, RowNotes notes) =>
        _parses ? _tokenizer.EncodeWithSpecialTokens(text) : _format == PromptFormat.None ? _tokenizer.Encode(text) : _spelled.Ids(text, notes);

    private string? Protected(string text, RowNotes notes)
    {
        if (_parses) return text;
        if (_format != PromptFormat.None) return _spelled.Break(text, notes);
        _spelled.Look(text, notes);
        return text;
    }

    // Some data sets spell the end that the encoder writes anyway; twice would teach an end after the end.
    private string WithoutEnd(string text, RowNotes notes)
    {
        if (_end.Length == 0 || !text.EndsWith(_end, StringComparison.Ordinal)) return text;
        notes.SpelledEnds++;
        while (text.EndsWith(_end, StringComparison.Ordinal)) text = text[..^_end.Length];
        return text;
    }
}
