namespace Alignment.Data.Reading;

/// <summary>What a field of a Thrift structure holds.</summary>
/// <param name="Type">Its type; <see cref="ThriftType.True"/> for a flag, whose value is its type.</param>
/// <param name="Shape">The structure, or that of the elements of a list.</param>
/// <param name="Element">The type of the elements of a list.</param>
internal sealed record ThriftField(ThriftType Type, ThriftShape? Shape = null, ThriftType Element = default)
{
    public bool Fits(ThriftType type) => type == Type || Type == ThriftType.True && type == ThriftType.False;
}
