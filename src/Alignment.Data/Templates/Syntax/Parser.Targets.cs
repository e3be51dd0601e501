namespace Alignment.Data.Templates;

/// <content>What values are assigned to.</content>
internal sealed partial class Parser
{
    private Target ParseTarget(bool allowsMembers)
    {
        var position = Current.Position;
        var targets = new List<Target>();
        var isTuple = false;
        while (Current.Kind == TokenKind.Name && !IsName("in"))
        {
            targets.Add(ParseOneTarget(allowsMembers));
            if (!TrySign(","))
                break;
            isTuple = true;
        }

        if (targets.Count == 0 && TrySign("("))
        {
            Enter();
            var inner = ParseTarget(allowsMembers);
            ExpectSign(")");
            Leave();
            return inner;
        }

        return targets.Count == 0 ? throw Expected("a name") : isTuple ? new TupleTarget(position, [.. targets]) : targets[0];
    }

    private Target ParseOneTarget(bool allowsMembers)
    {
        var token = Current;
        var name = TakeName();
        if (name is "true" or "false" or "none" or "True" or "False" or "None")
            throw _source.Error(token.Position, $"'{name}' must not be set.");
        return allowsMembers && TrySign(".") ? new MemberTarget(token.Position, name, TakeName()) : new NameTarget(token.Position, name);
    }
}
