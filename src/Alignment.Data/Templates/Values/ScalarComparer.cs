namespace Alignment.Data.Templates;

/// <summary>Equality of what may be a key: as in Python, 1, 1.0 and true are one key.</summary>
internal sealed class ScalarComparer : IEqualityComparer<Value>
{
    public static ScalarComparer Instance { get; } = new();

    /// <summary>Whether a value can be a key. Tuples, which Python allows too, can't.</summary>
    public static bool CanHash(Value value) => value.Kind is not (ValueKind.Sequence or ValueKind.Map);

    public bool Equals(Value x, Value y)
        => x.IsText && y.IsText ? x.Text == y.Text : x.IsNumber && y.IsNumber ? Equality.AreEqualNumbers(x, y) : Value.AreSame(x, y);

    public int GetHashCode(Value value) => value.Kind switch
    {
        ValueKind.Text => value.Text.GetHashCode(),
        ValueKind.Boolean or ValueKind.Integer => HashCode.Combine(value.Integer),
        ValueKind.Float => value.Number is >= -9e18 and <= 9e18 && Math.Truncate(value.Number) == value.Number
            ? HashCode.Combine((long)value.Number)
            : HashCode.Combine(value.Number),
        ValueKind.Thing => value.Thing.GetHashCode(),
        _ => (int)value.Kind,
    };
}
