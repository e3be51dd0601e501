namespace Alignment.Data.Templates;

/// <summary>The variable <c>loop</c>. Values are tested one at a time, when they are asked for, as Jinja does.</summary>
internal sealed class Loop(Value[] values, Predicate<Value>? allows, Func<Value, Value>? recurse, int depth) : Callable
{
    private readonly List<Value> _allowed = [];
    private int _next;
    private int _index = -1;
    private Value[]? _changed;

    public override string TypeName => "LoopContext";

    public Value Current => _allowed[_index];

    public bool MoveNext()
    {
        if (!Has(_index + 1))
            return false;
        _index++;
        return true;
    }

    public override Value Member(Rendering rendering, string name) => name switch
    {
        "index" => Value.Of(_index + 1),
        "index0" => Value.Of(_index),
        "first" => Value.Of(_index == 0),
        "last" => Value.Of(!Has(_index + 1)),
        "length" => Value.Of(Length()),
        "revindex" => Value.Of(Length() - _index),
        "revindex0" => Value.Of(Length() - _index - 1),
        "previtem" => _index > 0 ? _allowed[_index - 1] : Value.UndefinedBecause("There is no previous item"),
        "nextitem" => Has(_index + 1) ? _allowed[_index + 1] : Value.UndefinedBecause("There is no next item"),
        "depth" => Value.Of(depth),
        "depth0" => Value.Of(depth - 1),
        "cycle" => Value.Of(new Function("cycle", Cycle)),
        "changed" => Value.Of(new Function("changed", HasChanged)),
        _ => default,
    };

    public override Value Invoke(Rendering rendering, Arguments arguments)
    {
        var inner = arguments.Bind(rendering, "loop", 1, "iterable")[0];
        return recurse is null ? throw rendering.Error("A loop must be marked 'recursive' to be called.") : recurse(inner);
    }

    private bool Has(int index)
    {
        while (_allowed.Count <= index && _next < values.Length)
        {
            var value = values[_next++];
            if (allows is null || allows(value))
                _allowed.Add(value);
        }

        return index < _allowed.Count;
    }

    private int Length()
    {
        Has(values.Length);
        return _allowed.Count;
    }

    private Value Cycle(Rendering rendering, Arguments arguments) => arguments.Positional.Length > 0
        ? arguments.Positional[_index % arguments.Positional.Length]
        : throw rendering.Error("loop.cycle() needs at least one argument.");

    private Value HasChanged(Rendering rendering, Arguments arguments)
    {
        var before = _changed;
        _changed = arguments.Positional;
        return Value.Of(before is null
            || !Equality.AreEqual(rendering, Sequence.Tuple(before), Sequence.Tuple(_changed)));
    }
}
