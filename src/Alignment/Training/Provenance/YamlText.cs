using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Alignment.Training;

/// <summary>A string for YAML that no reader takes for anything else.</summary>
internal static partial class YamlText
{
    private static readonly string[] Reserved = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

    public static string Of(string text) =>
        Plain().IsMatch(text) && !Reserved.Contains(text, StringComparer.OrdinalIgnoreCase) ? text : Quoted(text);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())   // half a surrogate pair comes as U+FFFD
        {
            if (rune.Value is '"' or '\\') quoted.Append('\\').Append(rune);
            else if (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or 0xFEFF) quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            else quoted.Append(rune);
        }
        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9._/-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
