using System.Collections.Generic;
using Parquet.Meta.Proto;

namespace Parquet.Meta;

/// <summary>Nulls, distinct values and bounds of a chunk or page, as the writer stated them.</summary>
public class Statistics
{
    [ThriftField(1)] public byte[]? Max { get; set; }
    [ThriftField(2)] public byte[]? Min { get; set; }
    [ThriftField(3)] public long? NullCount { get; set; }
    [ThriftField(4)] public long? DistinctCount { get; set; }
    [ThriftField(5)] public byte[]? MaxValue { get; set; }
    [ThriftField(6)] public byte[]? MinValue { get; set; }
    [ThriftField(7)] public bool? IsMaxValueExact { get; set; }
    [ThriftField(8)] public bool? IsMinValueExact { get; set; }
}

/// <summary>Sizes before encoding.</summary>
public class SizeStatistics
{
    [ThriftField(1)] public long? UnencodedByteArrayDataBytes { get; set; }
    [ThriftField(2)] public List<long>? RepetitionLevelHistogram { get; set; }
    [ThriftField(3)] public List<long>? DefinitionLevelHistogram { get; set; }
}
