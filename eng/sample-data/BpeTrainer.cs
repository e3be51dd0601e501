using System.Text.RegularExpressions;

namespace SampleData;

/// <summary>Byte-pair encoding (Sennrich et al. 2016): the most frequent pair of neighbours becomes a token, again and again.</summary>
internal static class BpeTrainer
{
    /// <summary>The merges, best first. Of equally frequent pairs the one that sorts first wins.</summary>
    public static IReadOnlyList<(string Left, string Right)> Train(IEnumerable<string> texts, int merges, Regex? pattern)
    {
        var words = texts.SelectMany(text => ByteLevel.Words(text, pattern))
            .GroupBy(word => word)
            .Select(word => (Count: word.Count(), Tokens: word.Key.Select(letter => letter.ToString()).ToList()))
            .ToList();
        var learned = new List<(string, string)>();
        while (learned.Count < merges)
        {
            var best = MostFrequentPair(words);
            foreach (var (_, tokens) in words)
            {
                Merge(tokens, best);
            }

            learned.Add(best);
        }

        return learned;
    }

    /// <summary>Joins each such pair, from left to right, in place.</summary>
    public static void Merge(List<string> tokens, (string Left, string Right) pair)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i] == pair.Left && tokens[i + 1] == pair.Right)
            {
                tokens[i] += pair.Right;
                tokens.RemoveAt(i + 1);
            }
        }
    }

    private static (string Left, string Right) MostFrequentPair(IEnumerable<(int Count, List<string> Tokens)> words)
    {
        var counts = new Dictionary<(string Left, string Right), int>();
        foreach (var (count, tokens) in words)
        {
            for (var i = 0; i + 1 < tokens.Count; i++)
            {
                var pair = (tokens[i], tokens[i + 1]);
                counts[pair] = counts.GetValueOrDefault(pair) + count;
            }
        }

        return counts.OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key.Left, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Right, StringComparer.Ordinal)
            .First().Key;
    }
}
