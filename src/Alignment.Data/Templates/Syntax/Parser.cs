namespace Alignment.Data.Templates;

/// <summary>Reads a template's tokens into its tree: what statements and expressions share.</summary>
internal sealed partial class Parser
{
    private readonly SourceText _source;
    private readonly List<Token> _tokens;
    private readonly int _deepest;
    private int _next;
    private int _depth;

    private Parser(SourceText source, int deepest)
    {
        _source = source;
        _deepest = deepest;
        _tokens = Lexer.Read(source);
    }

    private Token Current => _tokens[_next];

    public static (Block Body, bool MarksAssistant) Parse(SourceText source, int deepest)
    {
        var parser = new Parser(source, deepest);
        var body = parser.ParseBlock();
        return (body, parser._marksAssistant);
    }

    private Token Take() => _tokens[Current.Kind == TokenKind.End ? _next : _next++];

    private bool IsSign(string sign) => Current.Is(TokenKind.Sign, sign);

    private bool IsName(string name) => Current.Is(TokenKind.Name, name);

    private bool TrySign(string sign)
    {
        if (!IsSign(sign))
            return false;
        _next++;
        return true;
    }

    private bool TryName(string name)
    {
        if (!IsName(name))
            return false;
        _next++;
        return true;
    }

    private void ExpectSign(string sign)
    {
        if (!TrySign(sign))
            throw Expected($"'{sign}'");
    }

    private void ExpectName(string name)
    {
        if (!TryName(name))
            throw Expected($"'{name}'");
    }

    private Token Expect(TokenKind kind, string what) => Current.Kind == kind ? Take() : throw Expected(what);

    private string TakeName() => Expect(TokenKind.Name, "a name").Value.Text;

    private ChatTemplateException Expected(string what) => Error($"Expected {what}; found {Current}.");

    private ChatTemplateException Error(string reason) => _source.Error(Current.Position, reason);

    private void Enter()
    {
        if (++_depth > _deepest)
            throw Error($"A template must nest at most {_deepest} levels deep.");
    }

    private void Leave() => _depth--;
}
