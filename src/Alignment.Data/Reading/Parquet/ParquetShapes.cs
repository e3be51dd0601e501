namespace Alignment.Data.Reading;

/// <summary>The structures of <c>parquet.thrift</c> 2.11 that a file ends with, and those before a page.</summary>
internal static class ParquetShapes
{
    private static readonly ThriftShape Empty = new("an empty structure");

    private static readonly ThriftShape Statistics = new ThriftShape("Statistics").Bytes(1, 2, 5, 6).Int64(3, 4).Flag(7, 8);

    private static readonly ThriftShape TimeUnit = new ThriftShape("TimeUnit").Struct(Empty, 1, 2, 3);

    private static readonly ThriftShape Time = new ThriftShape("TimeType").Flag(1).Struct(TimeUnit, 2);

    private static readonly ThriftShape LogicalType = new ThriftShape("LogicalType")
        .Struct(Empty, 1, 2, 3, 4, 6, 11, 12, 13, 14, 15)
        .Struct(new ThriftShape("DecimalType").Int32(1, 2), 5)
        .Struct(Time, 7, 8)
        .Struct(new ThriftShape("IntType").Byte(1).Flag(2), 10)
        .Struct(new ThriftShape("VariantType").Byte(1), 16)
        .Struct(new ThriftShape("GeometryType").Bytes(1), 17)
        .Struct(new ThriftShape("GeographyType").Bytes(1).Int32(2), 18);

    private static readonly ThriftShape KeyValue = new ThriftShape("KeyValue").Bytes(1, 2);

    private static readonly ThriftShape ColumnMetaData = new ThriftShape("ColumnMetaData")
        .Int32(1, 4, 15).Int64(5, 6, 7, 9, 10, 11, 14).ListOf(ThriftType.Int32, 2).ListOf(ThriftType.Bytes, 3).ListOf(KeyValue, 8).Struct(Statistics, 12)
        .ListOf(new ThriftShape("PageEncodingStats").Int32(1, 2, 3), 13)
        .Struct(new ThriftShape("SizeStatistics").Int64(1).ListOf(ThriftType.Int64, 2, 3), 16)
        .Struct(new ThriftShape("GeospatialStatistics").Struct(new ThriftShape("BoundingBox").Double(1, 2, 3, 4, 5, 6, 7, 8), 1).ListOf(ThriftType.Int32, 2), 17);

    private static readonly ThriftShape ColumnKey = new ThriftShape("EncryptionWithColumnKey").ListOf(ThriftType.Bytes, 1).Bytes(2);

    private static readonly ThriftShape ColumnChunk = new ThriftShape("ColumnChunk")
        .Bytes(1, 9).Int32(5, 7).Int64(2, 4, 6).Struct(ColumnMetaData, 3).Struct(new ThriftShape("ColumnCryptoMetaData").Struct(Empty, 1).Struct(ColumnKey, 2), 8);

    private static readonly ThriftShape RowGroup = new ThriftShape("RowGroup")
        .ListOf(ColumnChunk, 1).Int64(2, 3, 5, 6).ListOf(new ThriftShape("SortingColumn").Int32(1).Flag(2, 3), 4).Int16(7);

    private static readonly ThriftShape Cipher = new ThriftShape("AesGcmV1").Bytes(1, 2).Flag(3);

    /// <summary>A column or a group of columns; field 5 says how many are in it.</summary>
    public static ThriftShape SchemaElement { get; } = new ThriftShape("SchemaElement").Int32(1, 2, 3, 5, 6, 7, 8, 9).Bytes(4).Struct(LogicalType, 10);

    /// <summary>What a file ends with.</summary>
    public static ThriftShape FileMetaData { get; } = new ThriftShape("FileMetaData")
        .Int32(1).ListOf(SchemaElement, 2).Int64(3).ListOf(RowGroup, 4).ListOf(KeyValue, 5).Bytes(6, 9)
        .ListOf(new ThriftShape("ColumnOrder").Struct(Empty, 1), 7).Struct(new ThriftShape("EncryptionAlgorithm").Struct(Cipher, 1, 2), 8);

    /// <summary>Of a page: values, encoding, encodings of levels.</summary>
    public static ThriftShape DataPage { get; } = new ThriftShape("DataPageHeader").Int32(1, 2, 3, 4).Struct(Statistics, 5);

    /// <summary>Of a page of entries: how many, encoding.</summary>
    public static ThriftShape DictionaryPage { get; } = new ThriftShape("DictionaryPageHeader").Int32(1, 2).Flag(3);

    /// <summary>Of a page of the second version: values, nulls, rows, encoding, bytes of definition and of repetition levels.</summary>
    public static ThriftShape DataPageV2 { get; } = new ThriftShape("DataPageHeaderV2").Int32(1, 2, 3, 4, 5, 6).Flag(7).Struct(Statistics, 8);

    /// <summary>What a page begins with: kind, plain and compressed size, checksum.</summary>
    public static ThriftShape Page { get; } = new ThriftShape("PageHeader")
        .Int32(1, 2, 3, 4).Struct(DataPage, 5).Struct(Empty, 6).Struct(DictionaryPage, 7).Struct(DataPageV2, 8);
}
