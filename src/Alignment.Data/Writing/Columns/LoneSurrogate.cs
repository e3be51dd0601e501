namespace Alignment.Data.Writing;

/// <summary>Half a surrogate pair: text that .NET can hold and UTF-8 can't. An encoder would replace it in silence.</summary>
internal static class LoneSurrogate
{
    /// <summary>Where the first one is, or -1.</summary>
    public static int IndexIn(ReadOnlySpan<char> text)
    {
        for (var start = 0; ;)
        {
            var found = text[start..].IndexOfAnyInRange('\uD800', '\uDFFF');
            if (found < 0) return -1;
            start += found;
            if (start + 1 == text.Length || !char.IsSurrogatePair(text[start], text[start + 1])) return start;
            start += 2;
        }
    }
}
