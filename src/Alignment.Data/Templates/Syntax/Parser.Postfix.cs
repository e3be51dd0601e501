namespace Alignment.Data.Templates;

/// <content>What follows a value: members, items, calls, filters and tests.</content>
internal sealed partial class Parser
{
    private Expression ParsePostfix(Expression value)
    {
        while (true)
        {
            var position = Current.Position;
            if (TrySign("."))
                value = ParseMember(position, value);
            else if (TrySign("["))
                value = ParseSubscript(position, value);
            else if (TrySign("("))
                value = new Call(position, value, ParseArguments());
            else
                return value;
        }
    }

    private Expression ParseFiltersAndTests(Expression value)
    {
        while (true)
        {
            var position = Current.Position;
            if (TrySign("|"))
                value = ParseFilter(value);
            else if (TryName("is"))
                value = ParseTest(position, value);
            else if (TrySign("("))
                value = new Call(position, value, ParseArguments());
            else
                return value;
        }
    }

    private Expression ParseMember(int position, Expression value)
    {
        if (Current.Kind == TokenKind.Integer)
            return new Subscript(position, value, new Literal(Current.Position, Take().Value));
        return new Attribute(position, value, TakeName());
    }

    private Expression ParseSubscript(int position, Expression value)
    {
        var start = IsSign(":") ? null : ParseExpression();
        if (start is not null && TrySign("]"))
            return new Subscript(position, value, start);
        ExpectSign(":");
        var stop = ParseBound();
        var step = TrySign(":") ? ParseBound() : null;
        ExpectSign("]");
        return new Slice(position, value, start, stop, step);
    }

    private Expression? ParseBound() => IsSign(":") || IsSign("]") ? null : ParseExpression();

    private FilterCall ParseFilter(Expression? value)
    {
        var token = Current;
        var name = TakeName();
        var filter = Filters.Find(name);
        if (filter is null && _branches == 0)
            throw _source.Error(token.Position, Filters.Unknown(name));
        return new FilterCall(token.Position, name, filter, value, TrySign("(") ? ParseArguments() : CallArguments.None);
    }

    private Expression ParseTest(int position, Expression value)
    {
        var isNegated = TryName("not");
        var token = Current;
        var name = TakeName();
        var test = Tests.Find(name);
        if (test is null && _branches == 0)
            throw _source.Error(token.Position, Tests.Unknown(name));
        var arguments = TrySign("(") ? ParseArguments() : BeginsTestArgument() ? OneArgument() : CallArguments.None;
        var call = new TestCall(position, name, test, value, arguments);
        return isNegated ? new Negation(position, call) : call;
    }

    // "x is divisibleby 3" passes 3 without parentheses.
    private bool BeginsTestArgument() => Current.Kind switch
    {
        TokenKind.Name when IsName("is") => throw Error("A test must not follow another; write 'and' between them."),
        TokenKind.Name => Current.Value.Text is not ("else" or "or" or "and" or "if"),
        TokenKind.Quoted or TokenKind.Integer or TokenKind.Float => true,
        TokenKind.Sign => IsSign("[") || IsSign("{"),
        _ => false,
    };

    private CallArguments OneArgument()
    {
        Enter();
        var argument = ParsePostfix(ParsePrimary());
        Leave();
        return new CallArguments([argument], [], null, null);
    }

    private CallArguments ParseArguments()
    {
        var positional = new List<Expression>();
        var named = new List<(string, Expression)>();
        Expression? rest = null, namedRest = null;
        while (!IsSign(")"))
        {
            if (TrySign("**"))
                namedRest = namedRest is null ? ParseExpression() : throw Misplaced();
            else if (namedRest is not null)
                throw Misplaced();
            else if (TrySign("*"))
                rest = rest is null ? ParseExpression() : throw Misplaced();
            else if (Current.Kind == TokenKind.Name && _tokens[_next + 1].Is(TokenKind.Sign, "="))
                named.Add((TakeName(), ParseNamedValue()));
            else
                positional.Add(named.Count == 0 && rest is null ? ParseExpression() : throw Misplaced());
            if (!TrySign(","))
                break;
        }

        ExpectSign(")");
        return new CallArguments([.. positional], [.. named], rest, namedRest);
    }

    private Expression ParseNamedValue()
    {
        ExpectSign("=");
        return ParseExpression();
    }

    private ChatTemplateException Misplaced()
        => Error("Arguments must come in this order: by place, one '*', by name, one '**'.");
}
