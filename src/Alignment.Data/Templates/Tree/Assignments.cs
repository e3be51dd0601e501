namespace Alignment.Data.Templates;

/// <summary>What a value is assigned to: a name, a namespace's member, or several of these.</summary>
internal abstract class Target(int position)
{
    public int Position { get; } = position;

    public abstract void Assign(Rendering rendering, Scope scope, Value value);
}

internal sealed class NameTarget(int position, string name) : Target(position)
{
    public override void Assign(Rendering rendering, Scope scope, Value value) => scope.Set(name, value);
}

internal sealed class MemberTarget(int position, string owner, string name) : Target(position)
{
    public override void Assign(Rendering rendering, Scope scope, Value value)
    {
        rendering.Position = Position;
        var target = scope.Get(owner);
        if (target.Kind != ValueKind.Thing || target.Thing is not Namespace space)
            throw rendering.Error($"Only a namespace's members can be set; '{owner}' is {(target.IsMissing ? "undefined" : Names.Of(target))}.");
        space.Set(rendering, name, value);
    }
}

internal sealed class TupleTarget(int position, Target[] targets) : Target(position)
{
    public override void Assign(Rendering rendering, Scope scope, Value value)
    {
        rendering.Position = Position;
        var values = Iteration.Of(rendering, value);
        if (values.Length != targets.Length)
            throw rendering.Error($"{targets.Length} names must get as many values; {values.Length} came.");
        for (var i = 0; i < targets.Length; i++)
            targets[i].Assign(rendering, scope, values[i]);
    }
}

/// <summary><c>{% set target = value %}</c>.</summary>
internal sealed class Set(int position, Target target, Expression value) : Statement(position)
{
    public override Outcome Execute(Rendering rendering, Scope scope)
    {
        target.Assign(rendering, scope, value.Evaluate(rendering, scope));
        return Outcome.Done;
    }
}

/// <summary><c>{% set target | filters %}text{% endset %}</c>.</summary>
internal sealed class SetBlock(int position, Target target, FilterCall[] filters, Block body) : Statement(position)
{
    public override Outcome Execute(Rendering rendering, Scope scope)
    {
        target.Assign(rendering, scope, FilterBlock.Apply(rendering, scope, filters, body));
        return Outcome.Done;
    }
}

/// <summary><c>{% filter filters %}text{% endfilter %}</c>.</summary>
internal sealed class FilterBlock(int position, FilterCall[] filters, Block body) : Statement(position)
{
    public static Value Apply(Rendering rendering, Scope scope, FilterCall[] filters, Block body)
    {
        var value = Value.Of(rendering.Capture(() => body.Execute(rendering, new Scope(scope))));
        foreach (var filter in filters)
            value = filter.Apply(rendering, scope, value);
        return value;
    }

    public override Outcome Execute(Rendering rendering, Scope scope)
    {
        rendering.Output.Append(Display.Text(rendering, Apply(rendering, scope, filters, body)));
        return Outcome.Done;
    }
}

/// <summary><c>{% with a = 1 %}</c>: names for a block.</summary>
internal sealed class With(int position, (Target Target, Expression Value)[] names, Block body) : Statement(position)
{
    public override Outcome Execute(Rendering rendering, Scope scope)
    {
        var inner = new Scope(scope);
        foreach (var (target, value) in names)
            target.Assign(rendering, inner, value.Evaluate(rendering, scope));
        return body.Execute(rendering, inner);
    }
}

/// <summary><c>{% generation %}</c>: what is written within is the assistant's.</summary>
internal sealed class Generation(int position, Block body) : Statement(position)
{
    public override Outcome Execute(Rendering rendering, Scope scope)
    {
        var start = rendering.Output.Length;
        body.Execute(rendering, new Scope(scope));
        rendering.AddSpan(start);
        return Outcome.Done;
    }
}
