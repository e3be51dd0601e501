using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Alignment.Feedback;

/// <summary>Text as a judge may see it: nothing hidden, nothing that turns the direction, no special token of a chat template.</summary>
internal static partial class PlainText
{
    /// <summary>Characters that can't be seen are spelled as <c>\u{200B}</c>; special tokens lose their brackets to look-alikes, so that no
    /// tokenizer takes them for turns.</summary>
    public static string Of(string text)
    {
        text = SpecialToken().Replace(text, match => match.Value.Replace('<', '‹').Replace('>', '›').Replace('[', '⟦').Replace(']', '⟧'));
        if (!text.EnumerateRunes().Any(IsHidden)) return text;
        var plain = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune)) plain.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}");
            else plain.Append(rune);
        }
        return plain.ToString();
    }

    private static bool IsHidden(Rune rune) => rune.Value switch
    {
        '\n' or '\t' or '\r' => false,
        < 0x20 or (>= 0x7F and < 0xA0) => true,                                   // control characters
        0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 => true, // soft hyphen, joiners and fillers without a glyph
        0x180E or 0x200B or 0x200E or 0x200F or 0x3164 or 0xFEFF or 0xFFA0 => true, // zero widths, marks of direction, Hangul fillers
        (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x206F) => true,           // line separators, embeddings and overrides, isolates
        (>= 0xFFF9 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE0FFF) => true,         // annotations; tags, by which ASCII is written unseen
        _ => false,
    };

    [GeneratedRegex(@"<\|[^|<>\r\n]{1,40}\|>|</?(s|bos|eos|start_of_turn|end_of_turn|SYS|think|tool_call)>|<<?/?SYS>>?|\[/?(INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_RESULTS)\]",
        RegexOptions.IgnoreCase)]
    private static partial Regex SpecialToken();
}
