namespace Alignment.Data.Templates;

internal enum TokenKind : byte
{
    /// <summary>Text outside of tags, or a text in quotes.</summary>
    Text,
    PrintBegin,
    PrintEnd,
    TagBegin,
    TagEnd,
    Name,
    Quoted,
    Integer,
    Float,
    Sign,
    End,
}

/// <summary>A piece of a template, its value and where it stands.</summary>
internal readonly record struct Token(TokenKind Kind, Value Value, int Position)
{
    public bool Is(TokenKind kind, string text) => Kind == kind && Value.Text == text;

    public override string ToString() => Kind switch
    {
        TokenKind.Text => "text",
        TokenKind.PrintBegin => "'{{'",
        TokenKind.PrintEnd => "'}}'",
        TokenKind.TagBegin => "'{%'",
        TokenKind.TagEnd => "'%}'",
        TokenKind.Quoted => "a text in quotes",
        TokenKind.Integer or TokenKind.Float => "a number",
        TokenKind.End => "the end of the template",
        _ => $"'{Value.Text}'",
    };
}
