namespace Alignment.Data.Reports;

/// <summary>The language of a text by its script and, for Latin letters, by stop words.</summary>
/// <remarks>
/// A heuristic, and the report says so. Scripts: Unicode ranges of the letters. One script that only one of the large languages uses names it (Hangul, kana,
/// Thai, Hebrew, Greek); Han without kana is read as Chinese; others are named by their script (ISO 15924). Latin text is the language of which it has most
/// stop words, at least two and 5 % of its words, else <c>Latn</c>; text without letters, such as numbers, is <c>zxx</c>.
/// </remarks>
internal static class Languages
{
    /// <summary>No letters.</summary>
    public const string None = "zxx";

    private const int Looked = 1000;   // characters

    private static readonly (char First, char Last, string Language)[] Scripts =
    [
        ('\u0370', '\u03FF', "el"), ('\u0400', '\u052F', "Cyrl"), ('\u0590', '\u05FF', "he"), ('\u0600', '\u077F', "Arab"), ('\u0900', '\u097F',
            "Deva"), ('\u0980', '\u09FF', "bn"),
        ('\u0E00', '\u0E7F', "th"), ('\u1100', '\u11FF', "ko"), ('\u3040', '\u30FF', "ja"), ('\u3130', '\u318F', "ko"), ('\u3400', '\u9FFF', "zh"),
            ('\uAC00', '\uD7A3', "ko"),
    ];

    public static string Of(string text)
    {
        var looked = text.AsSpan(0, Math.Min(text.Length, Looked));
        Span<int> counts = stackalloc int[Scripts.Length];
        var (latin, all) = (0, 0);
        foreach (var c in looked)
        {
            if (char.IsAsciiLetter(c) || c is >= '\u00C0' and <= '\u024F')
            {
                latin++;
                all++;
            }
            else if (c >= '\u0370' && char.IsLetter(c))
            {
                all++;
                for (var i = 0; i < Scripts.Length; i++)
                    if (c >= Scripts[i].First && c <= Scripts[i].Last) counts[i]++;
            }
        }
        if (all == 0) return None;

        // A name or a term in Latin letters weighs less than the script around it: Korean texts are full of them.
        var best = BestScript(counts);
        return best.Count * 3 >= all ? best.Language : latin * 2 >= all ? StopWords.LanguageOf(looked) : best.Count > 0 ? best.Language : "Zyyy";
    }

    private static (string Language, int Count) BestScript(ReadOnlySpan<int> counts)
    {
        var sums = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < counts.Length; i++)
            if (counts[i] > 0) sums[Scripts[i].Language] = sums.GetValueOrDefault(Scripts[i].Language) + counts[i];
        // Japanese is written in kana and Han together.
        if (sums.TryGetValue("ja", out var kana) && kana * 10 >= sums.GetValueOrDefault("zh")) sums["ja"] = kana + sums.GetValueOrDefault("zh");
        return sums.Count == 0 ? ("", 0) : sums.Select(pair => (pair.Key, pair.Value)).MaxBy(pair => pair.Value);
    }
}
