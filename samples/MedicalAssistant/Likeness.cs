namespace Alignment.Samples;

/// <summary>How like texts are: by their words, and by the twos and threes of characters that Korean words share whatever is joined to them.</summary>
internal static class Likeness
{
    private static readonly char[] Between = [' ', '.', ',', '!', '?', '\n'];

    public static IReadOnlySet<string> Parts(string text)
    {
        var words = text.ToLowerInvariant().Split(Between, StringSplitOptions.RemoveEmptyEntries);
        return words.Concat(words.SelectMany(word => Cut($" {word} ", 2).Concat(Cut($" {word} ", 3)))).ToHashSet();
    }

    /// <summary>The weight of what both have, of what either has: from 0 to 1.</summary>
    public static double Of(IReadOnlySet<string> one, IReadOnlySet<string> other, Func<string, double> weight)
    {
        var common = one.Where(other.Contains).Sum(weight);
        var all = one.Sum(weight) + other.Sum(weight) - common;
        return all > 0 ? common / all : 0;
    }

    private static IEnumerable<string> Cut(string word, int length) =>
        Enumerable.Range(0, Math.Max(0, word.Length - length + 1)).Select(i => word.Substring(i, length));
}
