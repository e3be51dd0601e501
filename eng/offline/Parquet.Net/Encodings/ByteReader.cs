using System;
using System.Buffers.Binary;

namespace Parquet.Encodings;

/// <summary>Walks over a page and never past its end.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _left = source;

    public readonly int Left => _left.Length;

    public readonly ReadOnlySpan<byte> Rest => _left;

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _left.Length)
        {
            throw new ParquetException($"A page is damaged: {count} bytes wanted, {_left.Length} left.");
        }

        var taken = _left[..(int)count];
        _left = _left[(int)count..];
        return taken;
    }

    public byte TakeByte() => Take(1)[0];

    public int TakeInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public ulong TakeVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = TakeByte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new ParquetException("A page is damaged: an integer longer than 64 bits.");
    }

    public long TakeZigZag()
    {
        var value = TakeVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }
}
