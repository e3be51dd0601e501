using System;
using System.Buffers.Binary;
using System.Numerics;
using Parquet.Encodings;
using Parquet.Meta;

namespace Parquet.Columns;

/// <summary>Integers of 8 and 16 bits, which the format keeps in 32.</summary>
internal sealed class NarrowIntegers<T> : ColumnType<T> where T : unmanaged, IBinaryInteger<T>
{
    private const int Width = 4;

    public override bool Holds(SchemaElement element) => element.Type == Meta.Type.INT32;

    public override int SmallestBits(SchemaElement element) => 8 * Width;

    public override void Decode(ref ByteReader page, Span<T> values, SchemaElement element)
    {
        var bytes = page.Take((long)values.Length * Width);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateTruncating(BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * Width)..]));
        }
    }

    public override void Decode(ref ByteReader page, Span<T> values, Encoding encoding)
    {
        if (encoding != Encoding.DELTA_BINARY_PACKED)
        {
            throw Unsupported(encoding);
        }

        var integers = DeltaBinaryPacked.Decode(ref page, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateTruncating(integers[i]);
        }
    }

    public override long Size(ReadOnlySpan<T> values) => (long)values.Length * Width;

    public override void Encode(ReadOnlySpan<T> values, Span<byte> page)
    {
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(page[(i * Width)..], int.CreateTruncating(values[i]));
        }
    }
}
