using System;

namespace Parquet.Encodings;

/// <summary>Integers as a first value and bit-packed differences, in blocks of miniblocks that each have a width of their own.</summary>
internal static class DeltaBinaryPacked
{
    /// <summary>Reads at most <paramref name="wanted"/> integers and leaves <paramref name="source"/> behind the last of them.</summary>
    public static long[] Decode(ref ByteReader source, int wanted)
    {
        var blockSize = source.TakeVarint();
        var miniblocks = source.TakeVarint();
        var total = source.TakeVarint();
        var first = source.TakeZigZag();
        if (miniblocks is 0 or > 512 || blockSize is 0 or > 65536 || blockSize % (8 * miniblocks) != 0 || total != (ulong)wanted)
        {
            throw new ParquetException(
                $"A page is damaged: {total} differences in blocks of {blockSize} with {miniblocks} parts, {wanted} values wanted.");
        }

        var values = new long[wanted];
        if (wanted > 0)
        {
            values[0] = first;
        }

        var size = (int)(blockSize / miniblocks);
        for (var filled = 1; filled < wanted;)
        {
            var smallest = source.TakeZigZag();
            var widths = source.Take((long)miniblocks);
            for (var part = 0; part < widths.Length && filled < wanted; part++)
            {
                if (widths[part] > 64)
                {
                    throw new ParquetException($"A page is damaged: differences of {widths[part]} bits.");
                }

                // Some writers cut the padding of the last part.
                var packed = new BitReader(source.Take(Math.Min((long)size * widths[part] / 8, source.Left)));
                for (var i = 0; i < size && filled < wanted; i++, filled++)
                {
                    // Differences wrap around by design.
                    values[filled] = unchecked(values[filled - 1] + smallest + (long)packed.Read(widths[part]));
                }
            }
        }

        return values;
    }
}
