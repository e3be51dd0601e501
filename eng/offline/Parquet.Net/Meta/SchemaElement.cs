using Parquet.Meta.Proto;

namespace Parquet.Meta;

/// <summary>One node of the schema, which a file lists depth first.</summary>
public class SchemaElement
{
    [ThriftField(1)] public Type? Type { get; set; }
    [ThriftField(2)] public int? TypeLength { get; set; }
    [ThriftField(3)] public FieldRepetitionType? RepetitionType { get; set; }
    [ThriftField(4)] public string Name { get; set; } = string.Empty;
    [ThriftField(5)] public int? NumChildren { get; set; }
    [ThriftField(6)] public ConvertedType? ConvertedType { get; set; }
    [ThriftField(7)] public int? Scale { get; set; }
    [ThriftField(8)] public int? Precision { get; set; }
    [ThriftField(9)] public int? FieldId { get; set; }
    [ThriftField(10)] public LogicalType? LogicalType { get; set; }
}
