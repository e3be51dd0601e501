using System;
using System.Buffers.Binary;

namespace Parquet.Codecs;

/// <summary>LZ4 blocks without a frame: sequences of literals and a copy of what was written before.</summary>
internal static class Lz4
{
    private const int ShortestMatch = 4;

    /// <summary>The format's end rules: the last match starts 12 bytes before the end, the last 5 bytes are literals.</summary>
    private const int LastMatchStart = 12;

    private const int LastLiterals = 5;
    private const int FarthestMatch = 65535;
    private const int HashBits = 14;

    /// <summary>One byte of a length stands for at most 255.</summary>
    private const int LargestExpansion = 256;

    public static int Decompress(ReadOnlySpan<byte> source, int limit, ref byte[] target)
    {
        PageBuffer.Reserve(ref target, (int)Math.Min(limit, LargestExpansion * (source.Length + 1L)));
        var output = target.AsSpan(0, Math.Min(limit, target.Length));
        int from = 0, to = 0;
        while (true)
        {
            var token = Next(source, ref from);
            var literals = Length(token >> 4, source, ref from);
            if (literals > source.Length - from || literals > output.Length - to)
            {
                throw Damaged();
            }

            source.Slice(from, literals).CopyTo(output[to..]);
            from += literals;
            to += literals;
            if (from == source.Length)
            {
                return to;
            }

            var offset = Next(source, ref from) | (Next(source, ref from) << 8);
            var match = Length(token & 15, source, ref from) + ShortestMatch;
            if (offset == 0 || offset > to || match > output.Length - to)
            {
                throw Damaged();
            }

            // Byte by byte, since a match may overlap what it writes.
            for (var end = to + match; to < end; to++)
            {
                output[to] = output[to - offset];
            }
        }
    }

    /// <summary>Greedy, with one candidate for each hash of four bytes.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> source)
    {
        var target = new byte[source.Length + (source.Length / 255) + 16];
        var seen = new int[1 << HashBits]; // position + 1
        int written = 0, start = 0, at = 0;
        while (at < source.Length - LastMatchStart)
        {
            var hash = BinaryPrimitives.ReadUInt32LittleEndian(source[at..]) * 2654435761u >> (32 - HashBits);
            var candidate = seen[hash] - 1;
            seen[hash] = at + 1;
            if (candidate < 0 || at - candidate > FarthestMatch || !source.Slice(candidate, 4).SequenceEqual(source.Slice(at, 4)))
            {
                at++;
                continue;
            }

            var match = source[at..^LastLiterals].CommonPrefixLength(source[candidate..]);
            Emit(source[start..at], at - candidate, match, target, ref written);
            at += match;
            start = at;
        }

        Emit(source[start..], 0, ShortestMatch, target, ref written);
        return target[..written];
    }

    /// <summary>Offset 0 stands for no match: the last sequence has none.</summary>
    private static void Emit(ReadOnlySpan<byte> literals, int offset, int match, byte[] target, ref int written)
    {
        target[written++] = (byte)((Math.Min(literals.Length, 15) << 4) | Math.Min(match - ShortestMatch, 15));
        EmitLength(literals.Length, target, ref written);
        literals.CopyTo(target.AsSpan(written));
        written += literals.Length;
        if (offset > 0)
        {
            target[written++] = (byte)offset;
            target[written++] = (byte)(offset >> 8);
            EmitLength(match - ShortestMatch, target, ref written);
        }
    }

    private static void EmitLength(int length, byte[] target, ref int written)
    {
        if (length < 15)
        {
            return;
        }

        for (length -= 15; length >= 255; length -= 255)
        {
            target[written++] = 255;
        }

        target[written++] = (byte)length;
    }

    private static int Length(int length, ReadOnlySpan<byte> source, ref int from)
    {
        if (length == 15)
        {
            int part;
            do
            {
                part = Next(source, ref from);
                length += part;
            }
            while (part == 255 && length < int.MaxValue - 512);
        }

        return length;
    }

    private static int Next(ReadOnlySpan<byte> source, ref int from) => from < source.Length ? source[from++] : throw Damaged();

    private static ParquetException Damaged() => new("A page is damaged: lz4 cannot decompress it.");
}
