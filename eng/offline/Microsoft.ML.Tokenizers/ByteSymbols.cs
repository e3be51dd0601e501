using System;
using System.Collections.Generic;
using System.Text;

namespace Microsoft.ML.Tokenizers;

/// <summary>GPT-2's visible character for each byte: printable Latin-1 stands for itself, the other 68 bytes follow from U+0100.</summary>
internal static class ByteSymbols
{
    private static readonly char[] Symbols = new char[256];
    private static readonly Dictionary<char, byte> Bytes = new(256);

    static ByteSymbols()
    {
        var next = (char)256;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            Symbols[value] = printable ? (char)value : next++;
            Bytes[Symbols[value]] = (byte)value;
        }
    }

    public static char Of(byte value) => Symbols[value];

    public static byte ToByte(char symbol) => Bytes[symbol];

    /// <summary>Appends the bytes of a vocabulary entry; a character that stands for no byte adds its own UTF-8.</summary>
    public static void AppendBytes(ReadOnlySpan<char> token, List<byte> bytes)
    {
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < token.Length;)
        {
            if (Bytes.TryGetValue(token[i], out var value))
            {
                bytes.Add(value);
                i++;
                continue;
            }

            Rune.DecodeFromUtf16(token[i..], out var rune, out var used);
            foreach (var unit in utf8[..rune.EncodeToUtf8(utf8)])
                bytes.Add(unit);
            i += used;
        }
    }
}
