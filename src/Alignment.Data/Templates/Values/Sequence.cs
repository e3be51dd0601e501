namespace Alignment.Data.Templates;

/// <summary>What Python would call a sequence's type.</summary>
internal enum SequenceForm : byte
{
    List,
    Tuple,
    Range,

    /// <summary>What a dictionary's <c>keys()</c> gives.</summary>
    Keys,
    Values,
    Items,

    /// <summary>A generator: it can be gone through once.</summary>
    Iterator,
}

/// <summary>Values in a row. The values never change; an iterator remembers which were taken.</summary>
internal sealed class Sequence(SequenceForm form, Value[] values)
{
    private readonly Value[] _values = values;
    private int _taken;

    public SequenceForm Form => form;

    /// <summary>Whether it has a length and can be indexed.</summary>
    public bool IsIndexed => form is SequenceForm.List or SequenceForm.Tuple or SequenceForm.Range;

    public bool HasLength => form != SequenceForm.Iterator;

    /// <summary>The values, to look at; of an iterator those that are left.</summary>
    public ReadOnlySpan<Value> Values => _values.AsSpan(_taken);

    public static Value List(Value[] values) => Value.Of(new Sequence(SequenceForm.List, values));

    public static Value Tuple(params Value[] values) => Value.Of(new Sequence(SequenceForm.Tuple, values));

    public static Value Iterator(Value[] values) => Value.Of(new Sequence(SequenceForm.Iterator, values));

    /// <summary>The values, to go through; an iterator has none left then.</summary>
    public Value[] Take()
    {
        if (form != SequenceForm.Iterator)
            return _values;
        var left = _values[_taken..];
        _taken = _values.Length;
        return left;
    }

    /// <summary>The next value of an iterator, the first of anything else.</summary>
    public bool TryTakeOne(out Value value)
    {
        value = _taken < _values.Length ? _values[_taken] : default;
        if (value.IsMissing)
            return false;
        if (form == SequenceForm.Iterator)
            _taken++;
        return true;
    }
}
