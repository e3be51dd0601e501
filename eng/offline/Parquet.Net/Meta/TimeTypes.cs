using Parquet.Meta.Proto;

namespace Parquet.Meta;

/// <summary>Time of day.</summary>
public class TimeType
{
    [ThriftField(1)] public bool IsAdjustedToUTC { get; set; }
    [ThriftField(2)] public TimeUnit Unit { get; set; } = new();
}

/// <summary>A point in time.</summary>
public class TimestampType
{
    [ThriftField(1)] public bool IsAdjustedToUTC { get; set; }
    [ThriftField(2)] public TimeUnit Unit { get; set; } = new();
}

/// <summary>The unit: one of these is set.</summary>
public class TimeUnit
{
    [ThriftField(1)] public MilliSeconds? MILLIS { get; set; }
    [ThriftField(2)] public MicroSeconds? MICROS { get; set; }
    [ThriftField(3)] public NanoSeconds? NANOS { get; set; }
}

/// <summary>Thousandths of a second.</summary>
public class MilliSeconds
{
}

/// <summary>Millionths of a second.</summary>
public class MicroSeconds
{
}

/// <summary>Billionths of a second.</summary>
public class NanoSeconds
{
}
