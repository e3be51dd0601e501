namespace Alignment.Data.Reading;

/// <summary>A Thrift structure: its fields by their numbers.</summary>
internal sealed class ThriftShape(string name)
{
    private readonly Dictionary<int, ThriftField> _fields = [];

    public string Name { get; } = name;

    public ThriftField? Find(int id) => _fields.GetValueOrDefault(id);

    public ThriftShape Flag(params int[] ids) => Add(new ThriftField(ThriftType.True), ids);

    public ThriftShape Byte(params int[] ids) => Add(new ThriftField(ThriftType.Byte), ids);

    public ThriftShape Int16(params int[] ids) => Add(new ThriftField(ThriftType.Int16), ids);

    public ThriftShape Int32(params int[] ids) => Add(new ThriftField(ThriftType.Int32), ids);

    public ThriftShape Int64(params int[] ids) => Add(new ThriftField(ThriftType.Int64), ids);

    public ThriftShape Double(params int[] ids) => Add(new ThriftField(ThriftType.Double), ids);

    public ThriftShape Bytes(params int[] ids) => Add(new ThriftField(ThriftType.Bytes), ids);

    public ThriftShape Struct(ThriftShape shape, params int[] ids) => Add(new ThriftField(ThriftType.Struct, shape), ids);

    public ThriftShape ListOf(ThriftType element, params int[] ids) => Add(new ThriftField(ThriftType.List, null, element), ids);

    public ThriftShape ListOf(ThriftShape element, params int[] ids) => Add(new ThriftField(ThriftType.List, element, ThriftType.Struct), ids);

    private ThriftShape Add(ThriftField field, int[] ids)
    {
        foreach (var id in ids) _fields.Add(id, field);
        return this;
    }
}
