using System.Buffers;
using System.Text;

namespace Alignment.Data;

/// <summary>
/// The visible character that stands for each byte in a byte-level vocabulary: printable Latin-1 for itself, the other 68
/// bytes in order from U+0100 on, so that a space is 'Ġ' (Radford et al. 2019, the encoder of GPT-2).
/// </summary>
internal static class ByteSymbols
{
    private static readonly char[] Symbols = Build();
    private static readonly Dictionary<char, byte> Bytes = AllBytes.ToDictionary(value => Symbols[value]);
    private static readonly SearchValues<char> All = SearchValues.Create(Symbols);

    public static IEnumerable<byte> AllBytes => Enumerable.Range(0, 256).Select(value => (byte)value);

    public static char Of(byte value) => Symbols[value];

    /// <summary>The symbols of a text's UTF-8.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return string.Create(bytes.Length, bytes, static (symbols, bytes) =>
        {
            for (var i = 0; i < bytes.Length; i++)
                symbols[i] = Symbols[bytes[i]];
        });
    }

    /// <summary>Whether every character of the token stands for a byte.</summary>
    public static bool AreIn(string token) => !token.AsSpan().ContainsAnyExcept(All);

    /// <summary>The bytes of a token; one that is not spelled in symbols stands for its own UTF-8.</summary>
    public static byte[] ToBytes(string token)
        => AreIn(token) ? [.. token.Select(symbol => Bytes[symbol])] : Encoding.UTF8.GetBytes(token);

    private static char[] Build()
    {
        var symbols = new char[256];
        var next = '\u0100';
        for (var value = 0; value < 256; value++)
            symbols[value] = value is (> ' ' and < 0x7F) or (> 0xA0 and not 0xAD) ? (char)value : next++;
        return symbols;
    }
}
