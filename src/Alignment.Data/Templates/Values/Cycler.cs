namespace Alignment.Data.Templates;

/// <summary>What <c>cycler(...)</c> makes: its values in turn, again and again.</summary>
internal sealed class Cycler(Value[] values) : Thing
{
    private int _next;

    public override string TypeName => "Cycler";

    public override Value Member(Rendering rendering, string name) => name switch
    {
        "current" => values[_next],
        "next" => Value.Of(new Function("next", (_, _) => Next())),
        "reset" => Value.Of(new Function("reset", (_, _) => Reset())),
        _ => default,
    };

    private Value Next()
    {
        var value = values[_next];
        _next = (_next + 1) % values.Length;
        return value;
    }

    private Value Reset()
    {
        _next = 0;
        return Value.None;
    }
}

/// <summary>What <c>joiner(separator)</c> makes: nothing the first time it is called, then the separator.</summary>
internal sealed class Joiner(Value separator) : Callable
{
    private bool _isUsed;

    public override string TypeName => "Joiner";

    public override Value Invoke(Rendering rendering, Arguments arguments)
    {
        var value = _isUsed ? separator : Value.EmptyText;
        _isUsed = true;
        return value;
    }
}
