namespace Alignment.Data.Templates;

/// <summary>How a statement ended.</summary>
internal enum Outcome : byte
{
    Done,
    Break,
    Continue,
}

/// <summary>What writes text or sets names.</summary>
internal abstract class Statement(int position)
{
    public int Position { get; } = position;

    public abstract Outcome Execute(Rendering rendering, Scope scope);
}

/// <summary>Statements in order; each is a step, one level deeper.</summary>
internal sealed class Block(Statement[] statements)
{
    public Outcome Execute(Rendering rendering, Scope scope)
    {
        foreach (var statement in statements)
        {
            rendering.Enter(statement.Position);
            var outcome = statement.Execute(rendering, scope);
            rendering.Leave();
            if (outcome != Outcome.Done)
                return outcome;
        }

        return Outcome.Done;
    }
}

/// <summary>Text that is written as it stands.</summary>
internal sealed class Text(int position, string text) : Statement(position)
{
    public override Outcome Execute(Rendering rendering, Scope scope)
    {
        rendering.Output.Append(text);
        return Outcome.Done;
    }
}

/// <summary><c>{{ value }}</c>.</summary>
internal sealed class Print(int position, Expression value) : Statement(position)
{
    public override Outcome Execute(Rendering rendering, Scope scope)
    {
        rendering.Output.Append(Display.Text(rendering, value.Evaluate(rendering, scope)));
        return Outcome.Done;
    }
}

/// <summary><c>{% break %}</c> or <c>{% continue %}</c>.</summary>
internal sealed class Jump(int position, Outcome outcome) : Statement(position)
{
    public override Outcome Execute(Rendering rendering, Scope scope) => outcome;
}

/// <summary><c>{% if %}</c> with its branches; the last has no condition where there is an <c>else</c>.</summary>
internal sealed class If(int position, (Expression? Condition, Block Body)[] branches) : Statement(position)
{
    public override Outcome Execute(Rendering rendering, Scope scope)
    {
        foreach (var (condition, body) in branches)
        {
            if (condition is null || Truth.Of(condition.Evaluate(rendering, scope)))
                return body.Execute(rendering, scope);
        }

        return Outcome.Done;
    }
}
