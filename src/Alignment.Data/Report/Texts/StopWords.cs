using System.Collections.Frozen;

namespace Alignment.Data.Reports;

/// <summary>The most frequent small words of some languages in Latin letters.</summary>
internal static class StopWords
{
    private const int Fewest = 2;
    private const double Share = 0.05;

    private static readonly (string Language, string Words)[] Lists =
    [
        ("en", "the of and to in is that it for was with as you are this be not have on at from or an they which what your can i my do how"),
        ("de", "der die und das ist nicht ein eine zu den mit von sich auf für dem des im auch es als ich sie wie wird sind oder aber wenn kann"),
        ("fr", "le la les et des est une pour dans que qui pas sur du au par avec ce il ne plus vous je nous sont ou mais être aux cette"),
        ("es", "el la los las y que en un una por con no para es se del al lo como más su pero sus le ya o este sí porque está"),
        ("it", "il lo la gli e che di un una per non è con del della in sono si come più anche ma le dei nel alla da questo ha"),
        ("pt", "o a os as e que de um uma em para não com do da no na por mais se como mas ao dos é foi você são ou"),
        ("nl", "de het een en van is dat niet in te op zijn voor met die aan er om ook als maar bij ik je worden naar deze kan"),
        ("id", "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena ada mereka bisa atau adalah oleh"),
        ("vi", "và của là có cho không được trong một những các với người này để khi đã về bạn tôi như"),
        ("tr", "ve bir bu da için ile çok ne ama gibi daha olarak olan var değil kadar sonra her ben sen mi"),
    ];

    private static readonly FrozenDictionary<string, int[]> LanguagesOf = Lists
        .SelectMany((list, i) => list.Words.Split(' ').Select(word => (word, i)))
        .GroupBy(entry => entry.word, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Select(entry => entry.i).ToArray(), StringComparer.Ordinal);

    /// <summary>The language with most of its words in the text, or <c>Latn</c>.</summary>
    public static string LanguageOf(ReadOnlySpan<char> text)
    {
        Span<int> hits = stackalloc int[Lists.Length];
        Span<char> lower = stackalloc char[12];
        var lookup = LanguagesOf.GetAlternateLookup<ReadOnlySpan<char>>();
        var words = 0;
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && char.IsLetter(text[end])) end++;
            if (end > start)
            {
                words++;
                var word = text[start..end];
                if (word.Length <= lower.Length && lookup.TryGetValue(lower[..word.ToLowerInvariant(lower)], out var languages))
                    foreach (var language in languages) hits[language]++;
            }
            start = end + 1;
        }
        var best = 0;
        for (var i = 1; i < hits.Length; i++)
            if (hits[i] > hits[best]) best = i;
        return hits[best] >= Fewest && hits[best] >= Share * words ? Lists[best].Language : "Latn";
    }
}
