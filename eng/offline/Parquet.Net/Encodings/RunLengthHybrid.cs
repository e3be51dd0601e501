using System;
using System.Buffers;
using System.Numerics;

namespace Parquet.Encodings;

/// <summary>Runs of one repeated integer mixed with bit-packed groups of eight: levels, dictionary numbers, some booleans.</summary>
internal static class RunLengthHybrid
{
    /// <summary>Bits that hold every level from 0 to <paramref name="highest"/>.</summary>
    public static int Width(int highest) => 32 - BitOperations.LeadingZeroCount((uint)highest);

    /// <summary>Fills <paramref name="values"/> or throws.</summary>
    public static void Decode(ReadOnlySpan<byte> source, int width, Span<int> values)
    {
        if (width is < 0 or > 32)
        {
            throw new ParquetException($"A page is damaged: integers of {width} bits.");
        }

        var bytes = new ByteReader(source);
        while (values.Length > 0)
        {
            var header = bytes.TakeVarint();
            var length = header >> 1;
            var count = (int)Math.Min((header & 1) == 0 ? length : Math.Min(length, int.MaxValue) * 8, (ulong)values.Length);
            if ((header & 1) == 0)
            {
                var repeated = new BitReader(bytes.Take((width + 7) / 8));
                values[..count].Fill((int)repeated.Read(width));
            }
            else
            {
                // Writers may cut the padding of the last group, so take what the values need, or the whole run if it is there.
                var packed = new BitReader(bytes.Take(Math.Min((long)Math.Min(length, int.MaxValue) * width, bytes.Left)));
                for (var i = 0; i < count; i++)
                {
                    values[i] = (int)packed.Read(width);
                }
            }

            values = values[count..];
        }
    }

    /// <summary>Writes runs only: levels repeat.</summary>
    public static void Encode(ReadOnlySpan<int> values, int width, IBufferWriter<byte> output)
    {
        while (values.Length > 0)
        {
            var value = values[0];
            var end = values.IndexOfAnyExcept(value);
            var count = end < 0 ? values.Length : end;
            var run = output.GetSpan(9);
            var length = 0;
            var header = (ulong)count << 1;
            for (; header >= 0x80; header >>= 7)
            {
                run[length++] = (byte)(header | 0x80);
            }

            run[length++] = (byte)header;
            for (var shift = 0; shift < width; shift += 8)
            {
                run[length++] = (byte)(value >> shift);
            }

            output.Advance(length);
            values = values[count..];
        }
    }
}
