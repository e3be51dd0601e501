using System;
using System.Buffers.Binary;
using Parquet.Encodings;
using Parquet.Meta;

namespace Parquet.Columns;

/// <summary>Values of any length, each after its length in four bytes, or of one length that the schema names.</summary>
internal abstract class ByteArrays<T> : ColumnType<T> where T : struct
{
    private const int LengthWidth = 4;

    /// <summary>Takes a value out of a page that is about to be overwritten.</summary>
    protected abstract T Copy(ReadOnlySpan<byte> bytes);

    protected abstract int Size(T value);

    protected abstract void Write(T value, Span<byte> target);

    public override bool Holds(SchemaElement element) => element.Type is Meta.Type.BYTE_ARRAY or Meta.Type.FIXED_LEN_BYTE_ARRAY;

    public override int SmallestBits(SchemaElement element) => 8 * (FixedWidth(element) ?? LengthWidth);

    public override void Decode(ref ByteReader page, Span<T> values, SchemaElement element)
    {
        var width = FixedWidth(element);
        foreach (ref var value in values)
        {
            value = Copy(page.Take(width ?? page.TakeInt32()));
        }
    }

    public override void Decode(ref ByteReader page, Span<T> values, Encoding encoding)
    {
        var copies = new T[values.Length];
        DeltaByteArrays.Sink sink = (index, bytes) => copies[index] = Copy(bytes);
        switch (encoding)
        {
            case Encoding.DELTA_LENGTH_BYTE_ARRAY:
                DeltaByteArrays.DecodeLengths(page.Rest, values.Length, sink);
                break;
            case Encoding.DELTA_BYTE_ARRAY:
                DeltaByteArrays.DecodePrefixes(page.Rest, values.Length, sink);
                break;
            default:
                throw Unsupported(encoding);
        }

        copies.CopyTo(values);
    }

    public override long Size(ReadOnlySpan<T> values)
    {
        var size = 0L;
        foreach (var value in values)
        {
            size += LengthWidth + Size(value);
        }

        return size;
    }

    public override void Encode(ReadOnlySpan<T> values, Span<byte> page)
    {
        foreach (var value in values)
        {
            var size = Size(value);
            BinaryPrimitives.WriteInt32LittleEndian(page, size);
            Write(value, page[LengthWidth..]);
            page = page[(LengthWidth + size)..];
        }
    }

    private static int? FixedWidth(SchemaElement element)
    {
        if (element.Type != Meta.Type.FIXED_LEN_BYTE_ARRAY)
        {
            return null;
        }

        return element.TypeLength is > 0 and var width
            ? width
            : throw new ParquetException($"Column {element.Name} has values of one length, but not which.");
    }
}
