using System.Text.RegularExpressions;

namespace Alignment.Feedback;

/// <summary>Takes keys out of texts of others before they become ours.</summary>
internal static partial class Redaction
{
    public const string Mark = "[key]";
    private const int Longest = 300;

    /// <summary>Without anything that looks like a key, on one line, and no longer than a message should be.</summary>
    public static string Of(string text) => Short(KeyLike().Replace(text, Mark));

    /// <summary>As above, and without this key or its beginnings and ends, which endpoints like to show.</summary>
    public static string Of(string text, string key)
    {
        text = text.Replace(key, Mark, StringComparison.Ordinal);
        if (key.Length >= 12)
            text = text.Replace(key[..8], Mark, StringComparison.Ordinal).Replace(key[^4..], Mark, StringComparison.Ordinal);
        return Of(text);
    }

    private static string Short(string text)
    {
        text = text.ReplaceLineEndings(" ").Trim();
        return text.Length <= Longest ? text : text[..Longest] + "...";
    }

    [GeneratedRegex(@"(?i)\b(sk|pk|key|hf|gsk|xai)[-_][A-Za-z0-9_*.\-]{6,}|\bBearer\s+\S+|\bAIza[A-Za-z0-9_\-]{10,}")]
    private static partial Regex KeyLike();
}
