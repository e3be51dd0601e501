namespace Alignment.Data.Templates;

/// <summary>Cuts what stands inside a tag. An end like <c>}}</c> counts as one only outside of brackets.</summary>
internal sealed class TagLexer(SourceText source, List<Token> tokens, int position, bool isPrint)
{
    private const int LongestName = 256;

    private static readonly string[] Signs =
        ["//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";"];

    private readonly Stack<string> _brackets = [];
    private readonly string _text = source.Text;

    /// <summary>The place after the tag.</summary>
    public int Position { get; private set; } = position;

    /// <summary>The sign of the tag's end: '-', '+' or none.</summary>
    public char Sign { get; private set; }

    public void Read()
    {
        while ((Position = Space.Skip(_text, Position)) < _text.Length)
        {
            if (_brackets.Count == 0 && TryReadEnd())
                return;
            ReadToken();
        }
    }

    private bool TryReadEnd()
    {
        var end = isPrint ? "}}" : "%}";
        var hasSign = _text[Position] == '-' || (_text[Position] == '+' && !isPrint);
        var start = hasSign ? Position + 1 : Position;
        if (string.CompareOrdinal(_text, start, end, 0, 2) != 0)
            return false;
        Sign = hasSign ? _text[Position] : '\0';
        Add(isPrint ? TokenKind.PrintEnd : TokenKind.TagEnd, default, start + 2);
        return true;
    }

    private void ReadToken()
    {
        var first = _text[Position];
        if (char.IsAsciiDigit(first))
        {
            var (value, end) = NumberLiteral.Read(source, Position);
            Add(value.IsWhole ? TokenKind.Integer : TokenKind.Float, value, end);
        }
        else if (first == '_' || char.IsLetter(first))
        {
            var end = Position + 1;
            while (end < _text.Length && (_text[end] == '_' || char.IsLetterOrDigit(_text[end])))
                end++;
            if (end - Position > LongestName)
                throw source.Error(Position, $"A name must have at most {LongestName} characters.");
            Add(TokenKind.Name, Value.Of(_text[Position..end]), end);
        }
        else if (first is '\'' or '"')
        {
            var (value, end) = TextLiteral.Read(source, Position);
            Add(TokenKind.Quoted, Value.Of(value), end);
        }
        else
        {
            ReadSign(Array.Find(Signs, sign => string.CompareOrdinal(_text, Position, sign, 0, sign.Length) == 0));
        }
    }

    private void ReadSign(string? sign)
    {
        if (sign is null)
            throw source.Error(Position, $"A tag must not hold the character '{_text[Position]}' outside of quotes.");
        switch (sign)
        {
            case "(" or "[" or "{":
                _brackets.Push(sign switch { "(" => ")", "[" => "]", _ => "}" });
                break;
            case ")" or "]" or "}" when !_brackets.TryPop(out var expected) || expected != sign:
                throw source.Error(Position, expected is null ? $"Unexpected '{sign}'." : $"Unexpected '{sign}'; expected '{expected}'.");
            default:
                break;
        }

        Add(TokenKind.Sign, Value.Of(sign), Position + sign.Length);
    }

    private void Add(TokenKind kind, Value value, int end)
    {
        tokens.Add(new Token(kind, value, Position));
        Position = end;
    }
}
