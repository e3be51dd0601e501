using System.Globalization;

namespace Alignment.Data.Reports;

/// <summary>What a plain predictor sees of a row: which words its responses have, and how long they are.</summary>
/// <param name="Words">Hashed words, twice the index, plus one where the word counts against the label "chosen".</param>
/// <param name="Length">The logarithm of the length, or of the ratio of the lengths.</param>
internal sealed record LabelFeatures(int[] Words, float Length)
{
    /// <summary>How many indices words are hashed to.</summary>
    public const int Buckets = 1 << 17;

    /// <summary>Words that one response of a pair has and the other does not.</summary>
    public static LabelFeatures OfPair(string chosen, string rejected)
    {
        var (ours, theirs) = (Indices(chosen), Indices(rejected));
        return new LabelFeatures(
            [.. ours.Where(i => !theirs.Contains(i)).Select(i => 2 * i), .. theirs.Where(i => !ours.Contains(i)).Select(i => 2 * i + 1)],
            LogLength(chosen) - LogLength(rejected));
    }

    /// <summary>The words of one response.</summary>
    public static LabelFeatures OfResponse(string response) => new([.. Indices(response).Select(i => 2 * i)], LogLength(response));

    private static float LogLength(string text) => (float)Math.Log(1 + text.Length);

    private static HashSet<int> Indices(string text)
    {
        var indices = new HashSet<int>();
        var hash = 0u;
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c) && !StandsAlone(c))
            {
                hash = Mix(hash == 0 ? 2166136261 : hash, char.ToLowerInvariant(c));
                continue;
            }
            Close();
            if (StandsAlone(c) || char.GetUnicodeCategory(c) is UnicodeCategory.OtherPunctuation or UnicodeCategory.OtherSymbol)
                indices.Add(Index(Mix(2166136261, c)));
        }
        Close();
        return indices;

        void Close()
        {
            if (hash != 0) indices.Add(Index(hash));
            hash = 0;
        }
    }

    // Chinese and Japanese do not part words by spaces: there every letter is a word.
    private static bool StandsAlone(char c) => c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF';

    private static uint Mix(uint hash, char c) => (hash ^ c) * 16777619;   // FNV-1a, a letter at a time

    private static int Index(uint hash) => (int)((hash ^ (hash >> 15)) * 2654435761u % Buckets);
}
