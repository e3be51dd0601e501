namespace Alignment.Data.Templates;

/// <summary>A value of a template: one of the kinds of <see cref="ValueKind"/>, with Python's meaning.</summary>
internal readonly struct Value
{
    private readonly object? _reference;
    private readonly long _bits;

    private Value(ValueKind kind, object? reference = null, long bits = 0)
    {
        Kind = kind;
        _reference = reference;
        _bits = bits;
    }

    public static Value None { get; } = new(ValueKind.None);

    public static Value True { get; } = new(ValueKind.Boolean, bits: 1);

    public static Value False { get; } = new(ValueKind.Boolean);

    public static Value EmptyText { get; } = Of("");

    public ValueKind Kind { get; }

    public bool IsMissing => Kind == ValueKind.Missing;

    public bool IsUndefined => Kind == ValueKind.Undefined;

    public bool IsNone => Kind == ValueKind.None;

    public bool IsText => Kind == ValueKind.Text;

    public bool IsMap => Kind == ValueKind.Map;

    /// <summary>Whether it takes part in arithmetic; as in Python, truth values count as 0 and 1.</summary>
    public bool IsNumber => Kind is ValueKind.Integer or ValueKind.Float or ValueKind.Boolean;

    /// <summary>Whether it is a whole number; truth values are.</summary>
    public bool IsWhole => Kind is ValueKind.Integer or ValueKind.Boolean;

    public bool Boolean => _bits != 0;

    public long Integer => _bits;

    public double Number => Kind == ValueKind.Float ? BitConverter.Int64BitsToDouble(_bits) : _bits;

    public string Text => (string)_reference!;

    public Sequence Sequence => (Sequence)_reference!;

    public Map Map => (Map)_reference!;

    public Thing Thing => (Thing)_reference!;

    /// <summary>What an undefined value lacks, for the error of whoever uses it.</summary>
    public string Lack => ((Absence)_reference!).Message;

    public static Value Undefined(string name) => new(ValueKind.Undefined, new Absence(null, name));

    public static Value UndefinedOf(string owner, string name) => new(ValueKind.Undefined, new Absence(owner, name));

    /// <summary>An undefined value whose error is <paramref name="hint"/> itself.</summary>
    public static Value UndefinedBecause(string hint) => new(ValueKind.Undefined, new Absence(null, hint, IsHint: true));

    public static Value Of(bool value) => value ? True : False;

    public static Value Of(long value) => new(ValueKind.Integer, bits: value);

    public static Value Of(double value) => new(ValueKind.Float, bits: BitConverter.DoubleToInt64Bits(value));

    public static Value Of(string value) => new(ValueKind.Text, value);

    public static Value Of(Sequence value) => new(ValueKind.Sequence, value);

    public static Value Of(Map value) => new(ValueKind.Map, value);

    public static Value Of(Thing value) => new(ValueKind.Thing, value);

    /// <summary>Whether both are the very same object, as Python's <c>is</c> asks.</summary>
    public static bool AreSame(Value a, Value b)
        => a.Kind == b.Kind && a._bits == b._bits
            && (ReferenceEquals(a._reference, b._reference) || (a.IsText && a.Text == b.Text) || a.IsUndefined);

    private sealed record Absence(string? Owner, string Name, bool IsHint = false)
    {
        public string Message => IsHint ? Name : Owner is null ? $"'{Name}' is undefined" : $"'{Owner}' has no attribute '{Name}'";
    }
}
