using System.Text;

namespace Alignment.Data;

/// <summary>What SentencePiece does to the spaces of a text.</summary>
internal static class SentencePieceNormalizer
{
    /// <summary>How it spells a space.</summary>
    public const char Sign = '\u2581';

    /// <summary>Spaces as signs, one more before the text, and extra ones dropped, where the file says so.</summary>
    public static string Normalize(string text, bool addsSpace, bool dropsExtraSpaces)
    {
        if (dropsExtraSpaces)
            text = WithoutExtraSpaces(text);
        if (text.Length == 0)
            return text;
        text = text.Replace(' ', Sign);
        if (addsSpace)
            text = Sign + text;
        return dropsExtraSpaces ? text.TrimEnd(Sign) : text;   // a sign in the text itself is dropped there too
    }

    private static string WithoutExtraSpaces(string text)
    {
        var left = new StringBuilder(text.Length);
        foreach (var unit in text.AsSpan().Trim(' '))
        {
            if (unit != ' ' || left[^1] != ' ')
                left.Append(unit);
        }

        return left.ToString();
    }
}
