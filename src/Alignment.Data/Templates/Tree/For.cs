namespace Alignment.Data.Templates;

/// <summary><c>{% for target in values if condition recursive %}</c>; each turn has a scope of its own.</summary>
internal sealed class For(
    int position, Target target, Expression values, Expression? condition, bool isRecursive, Block body, Block? otherwise) : Statement(position)
{
    public override Outcome Execute(Rendering rendering, Scope scope)
    {
        Run(rendering, scope, values.Evaluate(rendering, scope), depth: 1);
        return Outcome.Done;
    }

    private void Run(Rendering rendering, Scope scope, Value iterable, int depth)
    {
        rendering.Position = Position;
        Predicate<Value>? allows = condition is null ? null : value => Allows(rendering, scope, value);
        Func<Value, Value>? recurse = !isRecursive ? null : inner =>
        {
            rendering.Enter();
            var text = rendering.Capture(() => Run(rendering, scope, inner, depth + 1));
            rendering.Leave();
            return Value.Of(text);
        };

        // As in Jinja, a loop whose only turns ended in break or continue counts as empty.
        var hasFinishedTurn = false;
        var loop = new Loop(Iteration.Of(rendering, iterable), allows, recurse, depth);
        while (loop.MoveNext())
        {
            rendering.Step();
            var inner = new Scope(scope);
            target.Assign(rendering, inner, loop.Current);
            inner.Set("loop", Value.Of(loop));
            var outcome = body.Execute(rendering, inner);
            hasFinishedTurn |= outcome == Outcome.Done;
            if (outcome == Outcome.Break)
                break;
        }

        if (!hasFinishedTurn)
            otherwise?.Execute(rendering, new Scope(scope));
    }

    private bool Allows(Rendering rendering, Scope scope, Value value)
    {
        rendering.Step();
        var inner = new Scope(scope);
        target.Assign(rendering, inner, value);
        return Truth.Of(condition!.Evaluate(rendering, inner));
    }
}
