using System;
using Parquet.Encodings;
using Parquet.Meta;

namespace Parquet.Columns;

/// <summary>How values of one .NET type lie in a page.</summary>
internal abstract class ColumnType<T> where T : struct
{
    /// <summary>Whether a column of this physical type holds such values.</summary>
    public abstract bool Holds(SchemaElement element);

    /// <summary>The fewest bits that a plain value takes: a bound on how many a page of a given size can hold.</summary>
    public abstract int SmallestBits(SchemaElement element);

    /// <summary>Fills <paramref name="values"/> from a plain page, or throws.</summary>
    public abstract void Decode(ref ByteReader page, Span<T> values, SchemaElement element);

    /// <summary>Fills <paramref name="values"/> from a page in an encoding that only this type uses, or throws.</summary>
    public virtual void Decode(ref ByteReader page, Span<T> values, Encoding encoding) => throw Unsupported(encoding);

    /// <summary>Bytes that the values take when plain.</summary>
    public abstract long Size(ReadOnlySpan<T> values);

    /// <summary>Fills <paramref name="page"/> with the plain values.</summary>
    public abstract void Encode(ReadOnlySpan<T> values, Span<byte> page);

    protected static ParquetException Unsupported(Encoding encoding) =>
        new($"Encoding {encoding} is not supported for values of {typeof(T)}.");
}
