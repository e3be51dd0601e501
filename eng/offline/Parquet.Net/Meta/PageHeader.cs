using Parquet.Meta.Proto;

namespace Parquet.Meta;

/// <summary>What stands before every page: its kind, its sizes, and the header of that kind.</summary>
public class PageHeader
{
    [ThriftField(1)] public PageType Type { get; set; }
    [ThriftField(2)] public int UncompressedPageSize { get; set; }
    [ThriftField(3)] public int CompressedPageSize { get; set; }
    [ThriftField(4)] public int? Crc { get; set; }
    [ThriftField(5)] public DataPageHeader? DataPageHeader { get; set; }
    [ThriftField(7)] public DictionaryPageHeader? DictionaryPageHeader { get; set; }
    [ThriftField(8)] public DataPageHeaderV2? DataPageHeaderV2 { get; set; }
}

/// <summary>A page of values whose levels are compressed with them.</summary>
public class DataPageHeader
{
    [ThriftField(1)] public int NumValues { get; set; }
    [ThriftField(2)] public Encoding Encoding { get; set; }
    [ThriftField(3)] public Encoding DefinitionLevelEncoding { get; set; }
    [ThriftField(4)] public Encoding RepetitionLevelEncoding { get; set; }
    [ThriftField(5)] public Statistics? Statistics { get; set; }
}

/// <summary>A page of values whose levels stand uncompressed before them.</summary>
public class DataPageHeaderV2
{
    [ThriftField(1)] public int NumValues { get; set; }
    [ThriftField(2)] public int NumNulls { get; set; }
    [ThriftField(3)] public int NumRows { get; set; }
    [ThriftField(4)] public Encoding Encoding { get; set; }
    [ThriftField(5)] public int DefinitionLevelsByteLength { get; set; }
    [ThriftField(6)] public int RepetitionLevelsByteLength { get; set; }
    [ThriftField(7)] public bool? IsCompressed { get; set; }
    [ThriftField(8)] public Statistics? Statistics { get; set; }
}

/// <summary>The values that later pages of the chunk refer to by number.</summary>
public class DictionaryPageHeader
{
    [ThriftField(1)] public int NumValues { get; set; }
    [ThriftField(2)] public Encoding Encoding { get; set; }
    [ThriftField(3)] public bool? IsSorted { get; set; }
}
