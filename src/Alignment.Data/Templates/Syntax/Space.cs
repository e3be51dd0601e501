namespace Alignment.Data.Templates;

/// <summary>White space as Python's <c>str.isspace</c> and <c>\s</c> know it: .NET's, and U+001C to U+001F.</summary>
internal static class Space
{
    public static bool Is(char unit) => char.IsWhiteSpace(unit) || unit is >= '\u001C' and <= '\u001F';

    /// <summary>The first place from <paramref name="start"/> on that is no white space.</summary>
    public static int Skip(string text, int start)
    {
        while (start < text.Length && Is(text[start]))
            start++;
        return start;
    }

    /// <summary>The place after the last of <paramref name="text"/> before <paramref name="end"/> that is no white space.</summary>
    public static int SkipBack(string text, int start, int end)
    {
        while (end > start && Is(text[end - 1]))
            end--;
        return end;
    }
}
