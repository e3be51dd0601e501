using System.Globalization;

namespace Alignment.Data;

/// <summary>
/// A text for expressions written in categories (\p{L}, \s): each surrogate pair is replaced by one unit of the same
/// Unicode category, since .NET's expressions see UTF-16 and would take half a letter for a surrogate.
/// </summary>
internal sealed class SupplementaryShadow
{
    // One unit for each UnicodeCategory, in that enumeration's order.
    private const string Units =
        "\u0100\u0101\u01C5\u02B0\u01BB\u0300\u0903\u0488\u0660\u2160\u00B2 \u2028\u2029\u0001\u2060\uFFFD\uE000"
        + "\u203F\u2010\u2045\u2046\u00AB\u00BB\u00A7\u00B1\u00A2\u00A8\u00A6\uFFFF";

    private const char WordSymbol = '\u24B6';   // a symbol that counts as a letter of a word

    private readonly int[] _origins;

    private SupplementaryShadow(string text, int[] origins)
    {
        Text = text;
        _origins = origins;
    }

    public string Text { get; }

    /// <summary>The shadow, or null where the text can be shown as it is.</summary>
    public static SupplementaryShadow? Of(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF'))
            return null;

        var units = new char[text.Length];
        var origins = new int[text.Length + 1];
        var count = 0;
        for (var i = 0; i < text.Length; i++, count++)
        {
            origins[count] = i;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                units[count] = UnitOf(char.ConvertToUtf32(text[i], text[++i]));
            else
                units[count] = text[i];
        }

        origins[count] = text.Length;
        return new SupplementaryShadow(new string(units, 0, count), origins);
    }

    public int ToOriginal(int index) => _origins[index];

    private static char UnitOf(int code)
        => code is (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189)
            ? WordSymbol
            : Units[(int)CharUnicodeInfo.GetUnicodeCategory(code)];
}
