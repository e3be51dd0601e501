using System.Text;
using System.Text.RegularExpressions;

namespace SampleData;

/// <summary>The byte-level alphabet and word pattern of GPT-2, which Hugging Face calls ByteLevel with use_regex.</summary>
internal static partial class ByteLevel
{
    /// <summary>The letter that stands for each byte: itself where it can be seen, else the next free letter from U+0100.</summary>
    public static IReadOnlyList<char> Letters { get; } = MakeLetters();

    /// <summary>A pattern for code: the words of a name such as FindOrderByEmail are words of their own, so that each can be copied from elsewhere.</summary>
    public static Regex CodeWord { get; } = new(@" ?\p{Lu}?[\p{Ll}\p{Lo}]+| ?\p{Lu}+(?!\p{Ll})| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+");

    /// <summary>The words of a text in the byte-level alphabet.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pattern">What a word is; null for GPT-2's pattern.</param>
    public static IEnumerable<string> Words(string text, Regex? pattern) =>
        (pattern ?? Word()).Matches(text).Select(match => string.Concat(Encoding.UTF8.GetBytes(match.Value).Select(b => Letters[b])));

    private static char[] MakeLetters()
    {
        var letters = new char[256];
        var hidden = 0;
        for (var b = 0; b < 256; b++)
        {
            letters[b] = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)b : (char)(256 + hidden++);
        }

        return letters;
    }

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    private static partial Regex Word();
}
