using System.Globalization;

namespace Alignment.Data.Templates;

/// <summary>Python's text functions where .NET's differ. Cases map one character to one: 'ß' stays 'ß' in capitals.</summary>
internal static class PythonText
{
    private const string TitleBreaks = "-({[<";

    public static bool IsLower(string text) => text.Any(char.IsLower) && !text.Any(char.IsUpper);

    public static bool IsUpper(string text) => text.Any(char.IsUpper) && !text.Any(char.IsLower);

    /// <summary>Without white space, or without any of <paramref name="characters"/>, at its ends.</summary>
    public static string Strip(string text, string? characters, bool left = true, bool right = true)
    {
        bool Goes(char unit) => characters is null ? Space.Is(unit) : characters.Contains(unit, StringComparison.Ordinal);

        if (characters is not null && !CodePoints.AreUnits(characters))
            return StripPoints(text, CodePoints.Split(characters), left, right);
        var (start, end) = (0, text.Length);
        while (left && start < end && Goes(text[start]))
            start++;
        while (right && end > start && Goes(text[end - 1]))
            end--;
        return text[start..end];
    }

    public static string Capitalize(string text) => text.Length == 0 ? "" : Upper(First(text)) + Lower(text[First(text).Length..]);

    public static string Upper(string text) => text.ToUpperInvariant();

    public static string Lower(string text) => text.ToLowerInvariant();

    /// <summary>Each run of letters with a capital first, as the method <c>title</c>.</summary>
    public static string TitleByLetters(string text) => string.Create(text.Length, text, (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = i > 0 && char.IsLetter(source[i - 1]) ? char.ToLowerInvariant(source[i]) : char.ToUpperInvariant(source[i]);
        }
    });

    /// <summary>Each word with a capital first, as the filter <c>title</c>: words begin after white space, a hyphen or an opening bracket.</summary>
    public static string TitleByWords(string text) => string.Create(text.Length, text, (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            var begins = i == 0 || Space.Is(source[i - 1]) || TitleBreaks.Contains(source[i - 1], StringComparison.Ordinal);
            span[i] = begins ? char.ToUpperInvariant(source[i]) : char.ToLowerInvariant(source[i]);
        }
    });

    /// <summary>The lines without their ends.</summary>
    public static List<string> Lines(string text, bool keepsEnds = false)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !EndsLine(text[end]))
                end++;
            var next = end == text.Length ? end : end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
            lines.Add(text[start..(keepsEnds ? next : end)]);
            start = next;
        }

        return lines;
    }

    public static bool All(string text, Predicate<UnicodeCategory> holds)
    {
        for (var i = 0; i < text.Length; i += i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1)
        {
            if (!holds(CharUnicodeInfo.GetUnicodeCategory(text, i)))
                return false;
        }

        return text.Length > 0;
    }

    private static string First(string text) => text[..(text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1)];

    private static bool EndsLine(char unit) => unit is (>= '\n' and <= '\r') or (>= '\u001C' and <= '\u001E') or '\u0085' or '\u2028' or '\u2029';

    private static string StripPoints(string text, string[] characters, bool left, bool right)
    {
        var points = CodePoints.Split(text);
        var (start, end) = (0, points.Length);
        while (left && start < end && characters.Contains(points[start]))
            start++;
        while (right && end > start && characters.Contains(points[end - 1]))
            end--;
        return string.Concat(points[start..end]);
    }
}
