using Parquet.Meta.Proto;

namespace Parquet.Meta;

/// <summary>The meaning of a column: one of these is set.</summary>
public class LogicalType
{
    [ThriftField(1)] public StringType? STRING { get; set; }
    [ThriftField(2)] public MapType? MAP { get; set; }
    [ThriftField(3)] public ListType? LIST { get; set; }
    [ThriftField(4)] public EnumType? ENUM { get; set; }
    [ThriftField(5)] public DecimalType? DECIMAL { get; set; }
    [ThriftField(6)] public DateType? DATE { get; set; }
    [ThriftField(7)] public TimeType? TIME { get; set; }
    [ThriftField(8)] public TimestampType? TIMESTAMP { get; set; }
    [ThriftField(10)] public IntType? INTEGER { get; set; }
    [ThriftField(11)] public NullType? UNKNOWN { get; set; }
    [ThriftField(12)] public JsonType? JSON { get; set; }
    [ThriftField(13)] public BsonType? BSON { get; set; }
    [ThriftField(14)] public UUIDType? UUID { get; set; }
    [ThriftField(15)] public Float16Type? FLOAT16 { get; set; }
}

/// <summary>UTF-8 text.</summary>
public class StringType
{
}

/// <summary>A group of keys and values.</summary>
public class MapType
{
}

/// <summary>A group with one repeated child.</summary>
public class ListType
{
}

/// <summary>The name of an enumeration's member.</summary>
public class EnumType
{
}

/// <summary>A decimal number: unscaled value times ten to the minus scale.</summary>
public class DecimalType
{
    [ThriftField(1)] public int Scale { get; set; }
    [ThriftField(2)] public int Precision { get; set; }
}

/// <summary>Days since 1970-01-01.</summary>
public class DateType
{
}

/// <summary>An integer of a given width.</summary>
public class IntType
{
    [ThriftField(1)] public sbyte BitWidth { get; set; }
    [ThriftField(2)] public bool IsSigned { get; set; }
}

/// <summary>A column that holds only nulls.</summary>
public class NullType
{
}

/// <summary>JSON text.</summary>
public class JsonType
{
}

/// <summary>A BSON document.</summary>
public class BsonType
{
}

/// <summary>Sixteen bytes, big-endian.</summary>
public class UUIDType
{
}

/// <summary>IEEE 754 half precision in two bytes.</summary>
public class Float16Type
{
}
