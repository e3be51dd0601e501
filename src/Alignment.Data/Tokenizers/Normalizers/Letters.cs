using System.Globalization;
using System.Text;

namespace Alignment.Data;

/// <summary>What normalizers do to letters, one code point at a time.</summary>
internal static class Letters
{
    /// <summary>Lower case as Unicode has it without regard to language or place in the word.</summary>
    public static string Lower(string text)
    {
        var lower = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == 'İ')
                lower.Append("i\u0307");   // the one letter that becomes two
            else
                lower.Append(Rune.ToLowerInvariant(rune));
        }

        return lower.ToString();
    }

    /// <summary>Without marks; a letter that holds its accent keeps it, so decompose first.</summary>
    public static string WithoutAccents(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark))
                bare.Append(rune);
        }

        return bare.ToString();
    }
}
