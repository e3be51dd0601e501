namespace Alignment.Data.Templates;

/// <summary>A value written out.</summary>
internal sealed class Literal(int position, Value value) : Expression(position)
{
    public override Value Evaluate(Rendering rendering, Scope scope) => value;
}

/// <summary>A variable.</summary>
internal sealed class Variable(int position, string name) : Expression(position)
{
    public string Name => name;

    public override Value Evaluate(Rendering rendering, Scope scope)
    {
        var value = scope.Get(name);
        return value.IsMissing ? Value.Undefined(name) : value;
    }
}

/// <summary><c>[a, b]</c> or <c>(a, b)</c>.</summary>
internal sealed class SequenceDisplay(int position, SequenceForm form, Expression[] items) : Operation(position)
{
    public SequenceForm Form => form;

    public Expression[] Items => items;

    protected override Value Compute(Rendering rendering, Scope scope)
    {
        rendering.ChargeItems(items.Length);
        var values = new Value[items.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = items[i].Evaluate(rendering, scope);
        return Value.Of(new Sequence(form, values));
    }
}

/// <summary><c>{key: value}</c>.</summary>
internal sealed class MapDisplay(int position, (Expression Key, Expression Value)[] entries) : Operation(position)
{
    protected override Value Compute(Rendering rendering, Scope scope)
    {
        rendering.ChargeItems(entries.Length);
        var map = new Map();
        foreach (var (key, value) in entries)
        {
            var name = key.Evaluate(rendering, scope);
            rendering.Position = key.Position;
            map.Set(Require.Key(rendering, name), value.Evaluate(rendering, scope));
        }

        return Value.Of(map);
    }
}
