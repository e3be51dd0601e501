using System;
using Parquet.Meta;

namespace Parquet.Columns;

/// <summary>The column types there are, by .NET type.</summary>
internal static class ColumnTypes
{
    /// <exception cref="NotSupportedException">Values of this type cannot be read or written.</exception>
    public static ColumnType<T> Of<T>() where T : struct
    {
        object? type =
            typeof(T) == typeof(int) ? new PlainNumbers<int>(Meta.Type.INT32)
            : typeof(T) == typeof(long) ? new PlainNumbers<long>(Meta.Type.INT64)
            : typeof(T) == typeof(uint) ? new PlainNumbers<uint>(Meta.Type.INT32)
            : typeof(T) == typeof(ulong) ? new PlainNumbers<ulong>(Meta.Type.INT64)
            : typeof(T) == typeof(float) ? new PlainNumbers<float>(Meta.Type.FLOAT)
            : typeof(T) == typeof(double) ? new PlainNumbers<double>(Meta.Type.DOUBLE)
            : typeof(T) == typeof(bool) ? new Booleans()
            : typeof(T) == typeof(sbyte) ? new NarrowIntegers<sbyte>()
            : typeof(T) == typeof(byte) ? new NarrowIntegers<byte>()
            : typeof(T) == typeof(short) ? new NarrowIntegers<short>()
            : typeof(T) == typeof(ushort) ? new NarrowIntegers<ushort>()
            : typeof(T) == typeof(ReadOnlyMemory<char>) ? new Texts()
            : typeof(T) == typeof(ReadOnlyMemory<byte>) ? new Blobs()
            : null;
        return (ColumnType<T>?)type ?? throw new NotSupportedException($"Columns of {typeof(T)} can't be read or written.");
    }
}
