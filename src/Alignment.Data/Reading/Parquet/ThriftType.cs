namespace Alignment.Data.Reading;

/// <summary>Types of fields and of elements of lists as Thrift's compact protocol writes them, four bits each.</summary>
internal enum ThriftType
{
    True = 1,
    False = 2,
    Byte = 3,
    Int16 = 4,
    Int32 = 5,
    Int64 = 6,
    Double = 7,
    Bytes = 8,
    List = 9,
    Struct = 12,
}
