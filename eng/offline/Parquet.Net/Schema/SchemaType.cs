namespace Parquet.Schema;

/// <summary>Kind of field.</summary>
public enum SchemaType
{
    Data = 0,
    Map = 1,
    Struct = 2,
    List = 3,
}
