using System;
using System.Buffers;

namespace Microsoft.ML.Tokenizers;

/// <summary>UTF-8 with the position of the character that each byte came from; a lone surrogate takes three bytes.</summary>
internal static class Utf8
{
    /// <summary>The bytes, and per byte the index of its character; one entry more than bytes, which is the text's length.</summary>
    public static (byte[] Bytes, int[] Origins) Encode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length * 3];
        var origins = new int[bytes.Length + 1];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            int scalar = text[i];
            var start = count;
            var origin = i;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                scalar = char.ConvertToUtf32(text[i], text[++i]);

            if (scalar < 0x80)
            {
                bytes[count++] = (byte)scalar;
            }
            else
            {
                var extra = scalar < 0x800 ? 1 : scalar < 0x10000 ? 2 : 3;
                var lead = extra == 1 ? 0xC0 : extra == 2 ? 0xE0 : 0xF0;
                bytes[count++] = (byte)(lead | (scalar >> (6 * extra)));
                for (var shift = 6 * (extra - 1); shift >= 0; shift -= 6)
                    bytes[count++] = (byte)(0x80 | ((scalar >> shift) & 0x3F));
            }

            origins.AsSpan(start, count - start).Fill(origin);
        }

        origins[count] = text.Length;
        Array.Resize(ref bytes, count);
        Array.Resize(ref origins, count + 1);
        return (bytes, origins);
    }

    /// <summary>
    /// Whole characters from the front of <paramref name="bytes"/>. Done: all were used; NeedMoreData: the last is cut short;
    /// otherwise InvalidData or DestinationTooSmall. Over-long forms and coded surrogates pass.
    /// </summary>
    public static OperationStatus Decode(ReadOnlySpan<byte> bytes, Span<char> chars, out int used, out int written)
    {
        used = written = 0;
        while (used < bytes.Length)
        {
            int scalar = bytes[used];
            var extra = scalar < 0x80 ? 0 : (scalar & 0xE0) == 0xC0 ? 1 : (scalar & 0xF0) == 0xE0 ? 2 : (scalar & 0xF8) == 0xF0 ? 3 : -1;
            if (extra < 0)
                return OperationStatus.InvalidData;
            if (used + extra >= bytes.Length)
                return OperationStatus.NeedMoreData;
            if (extra > 0)
                scalar &= 0x3F >> extra;
            for (var i = 1; i <= extra; i++)
            {
                if ((bytes[used + i] & 0xC0) != 0x80)
                    return OperationStatus.InvalidData;
                scalar = (scalar << 6) | (bytes[used + i] & 0x3F);
            }

            if (chars.Length - written < (scalar > 0xFFFF ? 2 : 1))
                return OperationStatus.DestinationTooSmall;
            if (scalar > 0xFFFF)
            {
                chars[written++] = (char)(0xD800 + ((scalar - 0x10000) >> 10));
                chars[written++] = (char)(0xDC00 + ((scalar - 0x10000) & 0x3FF));
            }
            else
            {
                chars[written++] = (char)scalar;
            }

            used += extra + 1;
        }

        return OperationStatus.Done;
    }
}
