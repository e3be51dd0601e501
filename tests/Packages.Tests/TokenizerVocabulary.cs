using System.Text;

namespace Packages.Tests;

/// <summary>A byte-level vocabulary: ids 0 to 255 are the bytes, then one token a merge.</summary>
internal static class TokenizerVocabulary
{
    /// <summary>GPT-2's symbols: '!'..'~', 0xA1..0xAC and 0xAE..0xFF stand for themselves, the rest follows from U+0100.</summary>
    public static string Symbols { get; } = BuildSymbols();

    public static Dictionary<string, int> Of(params string[] merges)
    {
        var vocabulary = new Dictionary<string, int>();
        foreach (var symbol in Symbols)
            vocabulary.Add(symbol.ToString(), vocabulary.Count);
        foreach (var merge in merges)
            vocabulary.TryAdd(merge.Replace(" ", "", StringComparison.Ordinal), vocabulary.Count);
        return vocabulary;
    }

    /// <summary>The same as a file of lines "base64 rank".</summary>
    public static MemoryStream Ranks(params string[] tokens)
    {
        var lines = Enumerable.Range(0, 256).Select(value => new[] { (byte)value })
            .Concat(tokens.Select(Encoding.UTF8.GetBytes))
            .Select((token, rank) => $"{Convert.ToBase64String(token)} {rank}");
        return new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
    }

    private static string BuildSymbols()
    {
        var symbols = new StringBuilder();
        var others = 0;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255);
            symbols.Append(printable ? (char)value : (char)(256 + others++));
        }

        return symbols.ToString();
    }
}
