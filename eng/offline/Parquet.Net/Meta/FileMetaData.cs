using System.Collections.Generic;
using Parquet.Meta.Proto;

namespace Parquet.Meta;

/// <summary>The footer of a file.</summary>
public class FileMetaData
{
    [ThriftField(1)] public int Version { get; set; }
    [ThriftField(2)] public List<SchemaElement> Schema { get; set; } = [];
    [ThriftField(3)] public long NumRows { get; set; }
    [ThriftField(4)] public List<RowGroup> RowGroups { get; set; } = [];
    [ThriftField(5)] public List<KeyValue>? KeyValueMetadata { get; set; }
    [ThriftField(6)] public string? CreatedBy { get; set; }
    [ThriftField(7)] public List<ColumnOrder>? ColumnOrders { get; set; }
}

/// <summary>A named text, of the file or of a column.</summary>
public class KeyValue
{
    [ThriftField(1)] public string Key { get; set; } = string.Empty;
    [ThriftField(2)] public string? Value { get; set; }
}

/// <summary>Which order a column's minimum and maximum follow.</summary>
public class ColumnOrder
{
    [ThriftField(1)] public TypeDefinedOrder? TYPEORDER { get; set; }
}

/// <summary>The order that the type itself defines.</summary>
public class TypeDefinedOrder
{
}
