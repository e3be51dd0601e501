namespace Alignment.Data.Reports;

/// <summary>The beginning of a text on one line.</summary>
internal static class Excerpt
{
    private const int Most = 160;   // characters

    public static string Of(string text)
    {
        var end = Math.Min(text.Length, Most);
        if (end < text.Length && char.IsHighSurrogate(text[end - 1])) end--;
        var line = new string([.. text.Take(end).Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
        return end < text.Length ? line + "…" : line;
    }
}
