namespace Alignment.Data.Templates;

/// <content>Statements.</content>
internal sealed partial class Parser
{
    private bool _marksAssistant;
    private int _loops;
    private int _branches;

    // Up to a tag of one of the names, whose name is taken, or up to the end of the template.
    private Block ParseBlock(params ReadOnlySpan<string> ends)
    {
        Enter();
        var statements = new List<Statement>();
        while (true)
        {
            var token = Take();
            switch (token.Kind)
            {
                case TokenKind.Text:
                    statements.Add(new Text(token.Position, token.Value.Text));
                    break;
                case TokenKind.PrintBegin:
                    statements.Add(new Print(token.Position, ParseTuple()));
                    Expect(TokenKind.PrintEnd, "'}}'");
                    break;
                case TokenKind.TagBegin when Current.Kind == TokenKind.Name && ends.Contains(Current.Value.Text):
                    Leave();
                    return new Block([.. statements]);
                case TokenKind.TagBegin:
                    statements.Add(ParseStatement(token.Position));
                    Expect(TokenKind.TagEnd, "'%}'");
                    break;
                case TokenKind.End when ends.IsEmpty:
                    Leave();
                    return new Block([.. statements]);
                default:
                    throw _source.Error(token.Position, $"The template ends where '{{% {string.Join(" %}' or '{% ", ends!)} %}}' is missing.");
            }
        }
    }

    // After a tag's own words: its body, up to and with the last of the ends.
    private Block ParseBody(string end)
    {
        EndTag();
        var body = ParseBlock(end);
        ExpectName(end);
        return body;
    }

    // As in Python, a colon may stand there.
    private void EndTag()
    {
        TrySign(":");
        Expect(TokenKind.TagEnd, "'%}'");
    }

    private Statement ParseStatement(int position)
    {
        var name = Expect(TokenKind.Name, "a tag's name");
        return name.Value.Text switch
        {
            "if" => ParseIf(position),
            "for" => ParseFor(position),
            "set" => ParseSet(position),
            "macro" => ParseMacro(position),
            "call" => ParseCallBlock(position),
            "filter" => ParseFilterBlock(position),
            "with" => ParseWith(position),
            "generation" => ParseGeneration(position),
            "break" => ParseJump(position, Outcome.Break),
            "continue" => ParseJump(position, Outcome.Continue),
            var other => throw _source.Error(
                name.Position,
                $"The tag '{other}' is not supported here; supported are "
                + "if, for, set, macro, call, filter, with, generation, break, continue and raw."),
        };
    }

    private If ParseIf(int position)
    {
        _branches++;
        var branches = new List<(Expression?, Block)>();
        do
        {
            var condition = ParseTuple(allowsConditional: false);
            EndTag();
            branches.Add((condition, ParseBlock("elif", "else", "endif")));
        }
        while (TryName("elif"));

        if (TryName("else"))
        {
            EndTag();
            branches.Add((null, ParseBlock("endif")));
        }

        ExpectName("endif");
        _branches--;
        return new If(position, [.. branches]);
    }

    private For ParseFor(int position)
    {
        var target = ParseTarget(allowsMembers: false);
        ExpectName("in");
        var values = ParseTuple(allowsConditional: false);
        var condition = TryName("if") ? ParseExpression() : null;
        var isRecursive = TryName("recursive");
        EndTag();
        _loops++;
        var body = ParseBlock("else", "endfor");
        _loops--;
        Block? otherwise = null;
        if (TryName("else"))
        {
            EndTag();
            otherwise = ParseBlock("endfor");
        }

        ExpectName("endfor");
        return new For(position, target, values, condition, isRecursive, body, otherwise);
    }

    private Statement ParseSet(int position)
    {
        var target = ParseTarget(allowsMembers: true);
        if (TrySign("="))
            return new Set(position, target, ParseTuple());
        var filters = new List<FilterCall>();
        while (TrySign("|"))
            filters.Add(ParseFilter(null));
        return new SetBlock(position, target, [.. filters], ParseClosed("endset"));
    }

    private FilterBlock ParseFilterBlock(int position)
    {
        var filters = new List<FilterCall>();
        do
            filters.Add(ParseFilter(null));
        while (TrySign("|"));
        return new FilterBlock(position, [.. filters], ParseClosed("endfilter"));
    }

    private With ParseWith(int position)
    {
        var names = new List<(Target, Expression)>();
        while (Current.Kind == TokenKind.Name)
        {
            var target = new NameTarget(Current.Position, TakeName());
            ExpectSign("=");
            names.Add((target, ParseExpression()));
            if (!TrySign(","))
                break;
        }

        return new With(position, [.. names], ParseBody("endwith"));
    }

    private Generation ParseGeneration(int position)
    {
        _marksAssistant = true;
        return new Generation(position, ParseClosed("endgeneration"));
    }

    private Jump ParseJump(int position, Outcome outcome) => _loops > 0
        ? new Jump(position, outcome)
        : throw _source.Error(
            position,
            $"'{(outcome == Outcome.Break ? "break" : "continue")}' must stand in a loop, with no other block between that makes a text of its own.");

    // A body that no break leaves: it becomes a text of its own.
    private Block ParseClosed(string end)
    {
        var loops = _loops;
        _loops = 0;
        var body = ParseBody(end);
        _loops = loops;
        return body;
    }
}
