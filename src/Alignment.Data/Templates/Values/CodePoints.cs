namespace Alignment.Data.Templates;

/// <summary>Texts by Unicode code point, as Python indexes and compares them; a lone surrogate is one code point.</summary>
internal static class CodePoints
{
    public static bool AreUnits(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    public static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        for (var i = text.IndexOfAnyInRange('\uD800', '\uDBFF'); i >= 0 && i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
                count--;
        }

        return count;
    }

    /// <summary>The code points, each as a text.</summary>
    public static string[] Split(string text)
    {
        var points = new string[Count(text)];
        for (int i = 0, start = 0; i < points.Length; i++)
        {
            var length = start + 1 < text.Length && char.IsSurrogatePair(text[start], text[start + 1]) ? 2 : 1;
            points[i] = text.Substring(start, length);
            start += length;
        }

        return points;
    }

    /// <summary>Order by code point, which differs from the order by UTF-16 unit above U+FFFF.</summary>
    public static int Compare(string a, string b)
    {
        var common = a.AsSpan().CommonPrefixLength(b);
        if (common == a.Length || common == b.Length)
            return a.Length.CompareTo(b.Length);
        return Rank(a[common]).CompareTo(Rank(b[common]));
    }

    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
