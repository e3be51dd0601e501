using System.Collections.Generic;
using Parquet.Meta.Proto;

namespace Parquet.Meta;

/// <summary>A horizontal slice of the table: one chunk of every column.</summary>
public class RowGroup
{
    [ThriftField(1)] public List<ColumnChunk> Columns { get; set; } = [];
    [ThriftField(2)] public long TotalByteSize { get; set; }
    [ThriftField(3)] public long NumRows { get; set; }
    [ThriftField(4)] public List<SortingColumn>? SortingColumns { get; set; }
    [ThriftField(5)] public long? FileOffset { get; set; }
    [ThriftField(6)] public long? TotalCompressedSize { get; set; }
    [ThriftField(7)] public short? Ordinal { get; set; }
}

/// <summary>By which column the rows of a group are sorted.</summary>
public class SortingColumn
{
    [ThriftField(1)] public int ColumnIdx { get; set; }
    [ThriftField(2)] public bool Descending { get; set; }
    [ThriftField(3)] public bool NullsFirst { get; set; }
}
