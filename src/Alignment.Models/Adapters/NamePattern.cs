using System.Text.RegularExpressions;

namespace Alignment.Models;

/// <summary>Regular expressions over names of modules, perhaps from a stranger's file: one that would take for ever ends after a second.</summary>
internal static class NamePattern
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Matches whole names.</summary>
    public static Regex Whole(string pattern, string property) => Of($@"\A(?:{pattern})\z", pattern, property);

    /// <summary>Matches names that end in a match after a dot, and whole names: PEFT's rule for keys of rank_pattern and alpha_pattern.</summary>
    public static Regex End(string pattern, string property) => Of($@"\A(?:.*\.)?(?:{pattern})\z", pattern, property);

    private static Regex Of(string text, string pattern, string property)
    {
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant, Longest);
        }
        catch (RegexParseException e)
        {
            throw new ArgumentException(
                $"{property} must be a regular expression; {SafetensorsException.Quoted(pattern)} is none: {e.Message}", property, e);
        }
    }
}
