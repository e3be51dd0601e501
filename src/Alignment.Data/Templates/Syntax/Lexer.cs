namespace Alignment.Data.Templates;

/// <summary>
/// Cuts a template into tokens, as Jinja does with <c>trim_blocks</c> and <c>lstrip_blocks</c>: the line break after a tag or
/// comment goes, the blanks before one that begins its line go, <c>-</c> takes all white space at its side and <c>+</c> keeps it.
/// </summary>
internal sealed class Lexer
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _position;

    private Lexer(SourceText source)
    {
        _source = source;
        _text = source.Text;
    }

    public static List<Token> Read(SourceText source)
    {
        var lexer = new Lexer(source);
        lexer.ReadAll();
        return lexer._tokens;
    }

    private void ReadAll()
    {
        while (_position < _text.Length)
        {
            var tag = NextTag();
            if (tag < 0)
            {
                AddText(_position, _text.Length);
                _position = _text.Length;
                break;
            }

            var start = _position;
            var isPrint = _text[tag + 1] == '{';
            _position = tag + 2;
            var sign = ReadSign();
            AddText(start, TextEnd(start, tag, sign, isPrint));
            switch (_text[tag + 1])
            {
                case '#':
                    SkipComment(tag);
                    break;
                case '%' when TryReadRaw(tag):
                    break;
                default:
                    ReadTag(tag, isPrint);
                    break;
            }
        }

        _tokens.Add(new Token(TokenKind.End, default, _text.Length));
    }

    private int NextTag()
    {
        for (var i = _position; (i = _text.IndexOf('{', i)) >= 0 && i + 1 < _text.Length; i++)
        {
            if (_text[i + 1] is '{' or '%' or '#')
                return i;
        }

        return -1;
    }

    private char ReadSign() => _position < _text.Length && _text[_position] is '-' or '+' ? _text[_position++] : '\0';

    private int TextEnd(int start, int tag, char sign, bool isPrint)
    {
        if (sign == '-')
            return Space.SkipBack(_text, start, tag);
        if (sign == '+' || isPrint)
            return tag;

        // Blanks between the tag and the beginning of its line go.
        var lineStart = tag == start ? start : _text.LastIndexOf('\n', tag - 1, tag - start) + 1;
        if (lineStart == 0)
            lineStart = start;
        var beginsLine = lineStart == 0 || _text[lineStart - 1] == '\n';
        return beginsLine && Space.Skip(_text, lineStart) >= tag ? lineStart : tag;
    }

    private void AddText(int start, int end)
    {
        if (end > start)
            _tokens.Add(new Token(TokenKind.Text, Value.Of(_text[start..end]), start));
    }

    private void SkipComment(int start)
    {
        var end = _text.IndexOf("#}", _position, StringComparison.Ordinal);
        if (end < 0)
            throw _source.Error(start, "A comment must end with '#}'.");
        var sign = end > _position ? _text[end - 1] : '\0';
        _position = end + 2;
        SkipAfter(sign);
    }

    // After a tag's end: '-' takes white space, '+' keeps everything, else one line break goes.
    private void SkipAfter(char sign)
    {
        if (sign == '-')
            _position = Space.Skip(_text, _position);
        else if (sign != '+' && _position < _text.Length && _text[_position] == '\n')
            _position++;
    }

    private void ReadTag(int start, bool isPrint)
    {
        _tokens.Add(new Token(isPrint ? TokenKind.PrintBegin : TokenKind.TagBegin, default, start));
        var reader = new TagLexer(_source, _tokens, _position, isPrint);
        reader.Read();
        _position = reader.Position;
        if (!isPrint)
            SkipAfter(reader.Sign);
        else if (reader.Sign == '-')
            _position = Space.Skip(_text, _position);
    }

    // {% raw %} ... {% endraw %}: the text between is no template. No line break goes after {% raw %}.
    private bool TryReadRaw(int tag)
    {
        if (EndOfWordTag(_position, "raw", out var sign) is not { } begin)
            return false;
        begin = sign == '-' ? Space.Skip(_text, begin) : begin;
        for (var end = begin; (end = _text.IndexOf("{%", end, StringComparison.Ordinal)) >= 0; end++)
        {
            _position = end + 2;
            var before = ReadSign();
            if (EndOfWordTag(_position, "endraw", out sign) is not { } after)
                continue;
            AddText(begin, TextEnd(begin, end, before, isPrint: false));
            _position = after;
            SkipAfter(sign);
            return true;
        }

        throw _source.Error(tag, "'{% raw %}' must end with '{% endraw %}'.");
    }

    // The place after "word %}", its end's sign apart; null where something else stands there.
    private int? EndOfWordTag(int start, string word, out char sign)
    {
        sign = '\0';
        start = Space.Skip(_text, start);
        if (string.CompareOrdinal(_text, start, word, 0, word.Length) != 0)
            return null;
        start = Space.Skip(_text, start + word.Length);
        if (start < _text.Length && _text[start] is '-' or '+')
            sign = _text[start++];
        return string.CompareOrdinal(_text, start, "%}", 0, 2) == 0 ? start + 2 : null;
    }
}
