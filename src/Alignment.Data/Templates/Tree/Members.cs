namespace Alignment.Data.Templates;

/// <summary><c>value.name</c>: a method or member, else the entry of that key.</summary>
internal sealed class Attribute(int position, Expression target, string name) : Operation(position)
{
    public Expression Target => target;

    public string Name => name;

    public static Value Of(Rendering rendering, Value value, string name)
    {
        Require.Defined(rendering, value);
        if (name.StartsWith('_'))
            return Forbidden(value, name);
        if (Methods.Find(value, name) is { } method)
            return Value.Of(new BoundMethod(name, value, method));
        if (Methods.IsForbidden(value, name))
            return Forbidden(value, name);

        var member = value.Kind switch
        {
            ValueKind.Map => value.Map.TryGet(Value.Of(name), out var entry) ? entry : default,
            ValueKind.Thing => value.Thing.Member(rendering, name),
            _ => default,
        };
        return member.IsMissing ? Value.UndefinedOf(Names.OfObject(value), name) : member;
    }

    protected override Value Compute(Rendering rendering, Scope scope)
    {
        var value = target.Evaluate(rendering, scope);
        rendering.Position = Position;
        return Of(rendering, value, name);
    }

    private static Value Forbidden(Value value, string name)
        => Value.UndefinedBecause($"Access to the attribute '{name}' of '{Names.OfObject(value)}' is not allowed");
}

/// <summary><c>value[key]</c>: the entry or item, else the member of that name.</summary>
internal sealed class Subscript(int position, Expression target, Expression key) : Operation(position)
{
    public static Value Of(Rendering rendering, Value value, Value key)
    {
        Require.Defined(rendering, value);
        Value item = default;
        if (value.IsMap && ScalarComparer.CanHash(key))
            value.Map.TryGet(Require.Key(rendering, key), out item);
        else if (key.IsWhole)
            item = Slicing.Item(rendering, value, key.Integer);

        if (!item.IsMissing)
            return item;
        return key.IsText
            ? Attribute.Of(rendering, value, key.Text)
            : Value.UndefinedBecause($"'{Names.OfObject(value)}' has no element {Shown(rendering, key)}");
    }

    protected override Value Compute(Rendering rendering, Scope scope)
    {
        var value = target.Evaluate(rendering, scope);
        var at = key.Evaluate(rendering, scope);
        rendering.Position = Position;
        return Of(rendering, value, at);
    }

    private static string Shown(Rendering rendering, Value key)
        => key.IsNumber || key.IsNone ? Display.Quoted(rendering, key) : Names.Of(key);
}

/// <summary><c>value[start:stop:step]</c>.</summary>
internal sealed class Slice(int position, Expression target, Expression? start, Expression? stop, Expression? step) : Operation(position)
{
    protected override Value Compute(Rendering rendering, Scope scope)
    {
        var value = target.Evaluate(rendering, scope);
        var from = start?.Evaluate(rendering, scope) ?? Value.None;
        var to = stop?.Evaluate(rendering, scope) ?? Value.None;
        var by = step?.Evaluate(rendering, scope) ?? Value.None;
        rendering.Position = Position;
        return Slicing.Slice(rendering, value, from, to, by);
    }
}
