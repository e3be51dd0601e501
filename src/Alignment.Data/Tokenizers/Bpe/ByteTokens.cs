using System.Globalization;

namespace Alignment.Data;

/// <summary>How a vocabulary over characters spells a single byte: &lt;0x0A&gt;.</summary>
internal static class ByteTokens
{
    private const int Length = 6;

    public static string Of(byte value) => $"<0x{value:X2}>";

    public static bool TryRead(string token, out byte value)
    {
        value = 0;
        return token.Length == Length && token.StartsWith("<0x", StringComparison.Ordinal) && token[^1] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
