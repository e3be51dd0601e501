using System;
using System.Numerics;
using System.Runtime.InteropServices;
using Parquet.Encodings;
using Parquet.Meta;

namespace Parquet.Columns;

/// <summary>Numbers that lie in a page as in memory, on the little-endian machines that .NET runs on.</summary>
internal sealed class PlainNumbers<T>(Meta.Type physical) : ColumnType<T> where T : unmanaged, INumber<T>
{
    private static readonly int Width = Marshal.SizeOf<T>();

    public override bool Holds(SchemaElement element) => element.Type == physical;

    public override int SmallestBits(SchemaElement element) => 8 * Width;

    public override void Decode(ref ByteReader page, Span<T> values, SchemaElement element) =>
        page.Take((long)values.Length * Width).CopyTo(MemoryMarshal.AsBytes(values));

    public override void Decode(ref ByteReader page, Span<T> values, Encoding encoding)
    {
        if (encoding != Encoding.DELTA_BINARY_PACKED || physical is Meta.Type.FLOAT or Meta.Type.DOUBLE)
        {
            throw Unsupported(encoding);
        }

        var integers = DeltaBinaryPacked.Decode(ref page, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            // Differences of 32-bit integers may have been taken in 64 bits, so only the low ones count.
            values[i] = T.CreateTruncating(integers[i]);
        }
    }

    public override long Size(ReadOnlySpan<T> values) => (long)values.Length * Width;

    public override void Encode(ReadOnlySpan<T> values, Span<byte> page) => MemoryMarshal.AsBytes(values).CopyTo(page);
}
