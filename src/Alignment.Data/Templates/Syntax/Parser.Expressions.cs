namespace Alignment.Data.Templates;

/// <content>Expressions, from the loosest bound to the tightest.</content>
internal sealed partial class Parser
{
    // One expression, or a tuple where commas follow.
    private Expression ParseTuple(bool allowsConditional = true, bool inParentheses = false)
    {
        var position = Current.Position;
        var items = new List<Expression>();
        var isTuple = false;
        while (!IsTupleEnd())
        {
            items.Add(allowsConditional ? ParseExpression() : ParseOr());
            if (!TrySign(","))
                break;
            isTuple = true;
        }

        if (isTuple || (items.Count == 0 && inParentheses))
            return new SequenceDisplay(position, SequenceForm.Tuple, [.. items]);
        return items.Count == 1 ? items[0] : throw Expected("an expression");
    }

    private bool IsTupleEnd() => Current.Kind is TokenKind.PrintEnd or TokenKind.TagEnd || IsSign(")") || IsName("recursive");

    private Expression ParseExpression()
    {
        Enter();
        var position = Current.Position;
        var value = ParseOr();
        while (TryName("if"))
        {
            _branches++;
            var condition = ParseOr();
            value = new Conditional(position, condition, value, TryName("else") ? ParseExpression() : null);
            _branches--;
        }

        Leave();
        return value;
    }

    private Expression ParseOr()
    {
        var left = ParseAnd();
        while (Current is { } sign && TryName("or"))
            left = new Junction(sign.Position, isAnd: false, left, ParseAnd());
        return left;
    }

    private Expression ParseAnd()
    {
        var left = ParseNot();
        while (Current is { } sign && TryName("and"))
            left = new Junction(sign.Position, isAnd: true, left, ParseNot());
        return left;
    }

    private Expression ParseNot()
    {
        var position = Current.Position;
        if (!TryName("not"))
            return ParseComparison();
        Enter();
        var operand = ParseNot();
        Leave();
        return new Negation(position, operand);
    }

    private Expression ParseComparison()
    {
        var position = Current.Position;
        var first = ParseMath(loosest: 1);
        var rest = new List<(string, Expression)>();
        while (TakeComparisonSign() is { } sign)
            rest.Add((sign, ParseMath(loosest: 1)));
        return rest.Count == 0 ? first : new Comparison(position, first, [.. rest]);
    }

    private string? TakeComparisonSign()
    {
        if (Current.Kind == TokenKind.Sign && Current.Value.Text is "==" or "!=" or "<" or "<=" or ">" or ">=")
            return Take().Value.Text;
        if (TryName("in"))
            return "in";
        if (!IsName("not") || !_tokens[_next + 1].Is(TokenKind.Name, "in"))
            return null;
        _next += 2;
        return "not in";
    }

    // The operators that bind at least as tightly as the given one; all group to the left, '**' too.
    private Expression ParseMath(int loosest)
    {
        var left = ParseUnary(allowsFilters: true);
        while (Current.Kind == TokenKind.Sign && Binding(Current.Value.Text) is var binding && binding >= loosest)
        {
            var sign = Take();
            var right = ParseMath(binding + 1);
            left = sign.Value.Text == "~"
                ? new Concatenation(sign.Position, left, right)
                : new Binary(sign.Position, sign.Value.Text, left, right);
        }

        return left;
    }

    private static int Binding(string sign) => sign switch
    {
        "+" or "-" => 1,
        "~" => 2,
        "*" or "/" or "//" or "%" => 3,
        "**" => 4,
        _ => 0,
    };

    // The filters of -x | f belong to -x.
    private Expression ParseUnary(bool allowsFilters)
    {
        var token = Current;
        Expression value;
        if (TrySign("-") || TrySign("+"))
        {
            Enter();
            value = new Signed(token.Position, token.Value.Text == "-", ParseUnary(allowsFilters: false));
            Leave();
        }
        else
        {
            value = ParsePrimary();
        }

        value = ParsePostfix(value);
        return allowsFilters ? ParseFiltersAndTests(value) : value;
    }

    private Expression ParsePrimary()
    {
        var token = Take();
        switch (token.Kind)
        {
            case TokenKind.Name:
                return ParseName(token);
            case TokenKind.Quoted:
                return ParseQuoted(token);
            case TokenKind.Integer or TokenKind.Float:
                return new Literal(token.Position, token.Value);
            case TokenKind.Sign when token.Value.Text == "(":
                var inner = ParseTuple(inParentheses: true);
                ExpectSign(")");
                return inner;
            case TokenKind.Sign when token.Value.Text == "[":
                return new SequenceDisplay(token.Position, SequenceForm.List, [.. ParseItems("]", ParseExpression)]);
            case TokenKind.Sign when token.Value.Text == "{":
                return new MapDisplay(token.Position, [.. ParseItems("}", ParseEntry)]);
            default:
                throw _source.Error(token.Position, $"Expected an expression; found {token}.");
        }
    }

    // Texts in quotes beside one another are one.
    private Literal ParseQuoted(Token token)
    {
        var texts = new List<string> { token.Value.Text };
        while (Current.Kind == TokenKind.Quoted)
            texts.Add(Take().Value.Text);
        return new Literal(token.Position, Value.Of(string.Concat(texts)));
    }

    private Expression ParseName(Token token)
    {
        var name = token.Value.Text;
        _namesRead.Add(name);
        return name switch
        {
            "true" or "True" => new Literal(token.Position, Value.True),
            "false" or "False" => new Literal(token.Position, Value.False),
            "none" or "None" => new Literal(token.Position, Value.None),
            _ => new Variable(token.Position, name),
        };
    }

    private List<T> ParseItems<T>(string end, Func<T> parse)
    {
        var items = new List<T>();
        while (!IsSign(end))
        {
            items.Add(parse());
            if (!TrySign(","))
                break;
        }

        ExpectSign(end);
        return items;
    }

    private (Expression Key, Expression Value) ParseEntry()
    {
        var key = ParseExpression();
        ExpectSign(":");
        return (key, ParseExpression());
    }
}
