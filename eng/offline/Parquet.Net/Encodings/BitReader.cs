using System;

namespace Parquet.Encodings;

/// <summary>Reads unsigned integers of a fixed number of bits, lowest bit first.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private ulong _buffer;
    private int _bits;
    private int _position;

    /// <param name="width">0 to 64.</param>
    public ulong Read(int width) => width <= 32 ? ReadShort(width) : ReadShort(32) | (ReadShort(width - 32) << 32);

    private ulong ReadShort(int width)
    {
        while (_bits < width)
        {
            if (_position == _source.Length)
            {
                throw new ParquetException("A page is damaged: bit-packed values end too early.");
            }

            _buffer |= (ulong)_source[_position++] << _bits;
            _bits += 8;
        }

        var value = _buffer & ((1UL << width) - 1);
        _buffer >>= width;
        _bits -= width;
        return value;
    }
}
