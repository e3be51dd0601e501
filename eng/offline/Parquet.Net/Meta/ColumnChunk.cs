using System.Collections.Generic;
using Parquet.Meta.Proto;

namespace Parquet.Meta;

/// <summary>Where one column of one row group lies.</summary>
public class ColumnChunk
{
    [ThriftField(1)] public string? FilePath { get; set; }
    [ThriftField(2)] public long FileOffset { get; set; }
    [ThriftField(3)] public ColumnMetaData? MetaData { get; set; }
    [ThriftField(4)] public long? OffsetIndexOffset { get; set; }
    [ThriftField(5)] public int? OffsetIndexLength { get; set; }
    [ThriftField(6)] public long? ColumnIndexOffset { get; set; }
    [ThriftField(7)] public int? ColumnIndexLength { get; set; }
}

/// <summary>What one column of one row group holds.</summary>
public class ColumnMetaData
{
    [ThriftField(1)] public Type Type { get; set; }
    [ThriftField(2)] public List<Encoding> Encodings { get; set; } = [];
    [ThriftField(3)] public List<string> PathInSchema { get; set; } = [];
    [ThriftField(4)] public CompressionCodec Codec { get; set; }
    [ThriftField(5)] public long NumValues { get; set; }
    [ThriftField(6)] public long TotalUncompressedSize { get; set; }
    [ThriftField(7)] public long TotalCompressedSize { get; set; }
    [ThriftField(8)] public List<KeyValue>? KeyValueMetadata { get; set; }
    [ThriftField(9)] public long DataPageOffset { get; set; }
    [ThriftField(10)] public long? IndexPageOffset { get; set; }
    [ThriftField(11)] public long? DictionaryPageOffset { get; set; }
    [ThriftField(12)] public Statistics? Statistics { get; set; }
    [ThriftField(13)] public List<PageEncodingStats>? EncodingStats { get; set; }
    [ThriftField(14)] public long? BloomFilterOffset { get; set; }
    [ThriftField(15)] public int? BloomFilterLength { get; set; }
    [ThriftField(16)] public SizeStatistics? SizeStatistics { get; set; }
}

/// <summary>How many pages use an encoding.</summary>
public class PageEncodingStats
{
    [ThriftField(1)] public PageType PageType { get; set; }
    [ThriftField(2)] public Encoding Encoding { get; set; }
    [ThriftField(3)] public int Count { get; set; }
}
