using System;
using Parquet.Encodings;
using Parquet.Meta;

namespace Parquet.Columns;

/// <summary>One bit a value, lowest first.</summary>
internal sealed class Booleans : ColumnType<bool>
{
    public override bool Holds(SchemaElement element) => element.Type == Meta.Type.BOOLEAN;

    public override int SmallestBits(SchemaElement element) => 1;

    public override void Decode(ref ByteReader page, Span<bool> values, SchemaElement element)
    {
        var bits = new BitReader(page.Take((values.Length + 7L) / 8));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = bits.Read(1) == 1;
        }
    }

    public override void Decode(ref ByteReader page, Span<bool> values, Encoding encoding)
    {
        if (encoding != Encoding.RLE)
        {
            throw Unsupported(encoding);
        }

        var bits = new int[values.Length];
        RunLengthHybrid.Decode(page.Take(page.TakeInt32()), 1, bits);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = bits[i] == 1;
        }
    }

    public override long Size(ReadOnlySpan<bool> values) => (values.Length + 7L) / 8;

    public override void Encode(ReadOnlySpan<bool> values, Span<byte> page)
    {
        for (var i = 0; i < values.Length; i++)
        {
            page[i / 8] |= (byte)((values[i] ? 1 : 0) << (i % 8));
        }
    }
}
