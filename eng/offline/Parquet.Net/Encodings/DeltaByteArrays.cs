using System;

namespace Parquet.Encodings;

/// <summary>Byte arrays whose lengths stand together in front, with or without a prefix shared with the value before.</summary>
internal static class DeltaByteArrays
{
    /// <summary>Prefixes let few bytes stand for very many; sorted names reach tens, so this much is damage.</summary>
    private const long LargestExpansion = 1000;

    public delegate void Sink(int index, ReadOnlySpan<byte> value);

    public static void DecodeLengths(ReadOnlySpan<byte> page, int count, Sink sink)
    {
        var source = new ByteReader(page);
        var lengths = DeltaBinaryPacked.Decode(ref source, count);
        for (var i = 0; i < count; i++)
        {
            sink(i, source.Take(lengths[i]));
        }
    }

    public static void DecodePrefixes(ReadOnlySpan<byte> page, int count, Sink sink)
    {
        var source = new ByteReader(page);
        var prefixes = DeltaBinaryPacked.Decode(ref source, count);
        var suffixes = DeltaBinaryPacked.Decode(ref source, count);
        var budget = LargestExpansion * page.Length;
        var value = Array.Empty<byte>();
        var length = 0;
        for (var i = 0; i < count; i++)
        {
            var suffix = source.Take(suffixes[i]);
            if (prefixes[i] < 0 || prefixes[i] > length || (budget -= prefixes[i]) < 0)
            {
                throw new ParquetException($"A page is damaged: a prefix of {prefixes[i]} after a value of {length} bytes.");
            }

            length = (int)prefixes[i] + suffix.Length;
            if (value.Length < length)
            {
                Array.Resize(ref value, Math.Max(length, (int)Math.Min(2L * value.Length, Array.MaxLength)));
            }

            suffix.CopyTo(value.AsSpan((int)prefixes[i]));
            sink(i, value.AsSpan(0, length));
        }
    }
}
