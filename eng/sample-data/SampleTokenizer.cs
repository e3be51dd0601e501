using System.Text.RegularExpressions;

namespace SampleData;

/// <summary>A byte-level BPE tokenizer: special tokens first, then the 256 bytes, then the merges.</summary>
internal sealed class SampleTokenizer
{
    public static readonly string[] Special = ["<pad>", "<s>", "</s>", "<|user|>", "<|assistant|>", "<|system|>"];

    private readonly Dictionary<(string Left, string Right), int> ranks;

    /// <param name="texts">What it learns from.</param>
    /// <param name="size">Tokens in all.</param>
    /// <param name="pattern">What a word is; null for GPT-2's pattern.</param>
    public SampleTokenizer(IEnumerable<string> texts, int size, Regex? pattern = null)
    {
        Pattern = pattern;
        Merges = BpeTrainer.Train(texts, size - Special.Length - 256, pattern);
        ranks = Merges.Index().ToDictionary(merge => merge.Item, merge => merge.Index);
        Vocabulary = [.. Special, .. ByteLevel.Letters.Order().Select(letter => letter.ToString()), .. Merges.Select(merge => merge.Left + merge.Right)];
    }

    public Regex? Pattern { get; }

    public IReadOnlyList<(string Left, string Right)> Merges { get; }

    /// <summary>The tokens in the order of their ids.</summary>
    public IReadOnlyList<string> Vocabulary { get; }

    public int CountTokens(string text) => ByteLevel.Words(text, Pattern).Sum(word => Tokens(word).Count);

    private List<string> Tokens(string word)
    {
        var tokens = word.Select(letter => letter.ToString()).ToList();
        while (Neighbours(tokens).Where(ranks.ContainsKey).Select(pair => (int?)ranks[pair]).Min() is { } rank)
        {
            BpeTrainer.Merge(tokens, Merges[rank]);
        }

        return tokens;
    }

    private static IEnumerable<(string, string)> Neighbours(List<string> tokens) => tokens.Zip(tokens.Skip(1));
}
