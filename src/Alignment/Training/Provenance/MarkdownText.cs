using System.Text;
using System.Text.RegularExpressions;

namespace Alignment.Training;

/// <summary>Text that Markdown shows as it is, whatever it contains.</summary>
internal static partial class MarkdownText
{
    private const string Special = "\\`*_{}[]<>#|~&$!^";

    /// <summary>For a heading, a cell of a table or the middle of a line: line breaks and control characters become spaces.</summary>
    public static string Inline(string text)
    {
        var line = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            if (Special.Contains(letter, StringComparison.Ordinal)) line.Append('\\');
            line.Append(char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter);
        }
        return line.ToString().Trim();
    }

    /// <summary>For paragraphs of their own; an empty line parts two of them.</summary>
    public static string Paragraphs(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Inline).Select(line => BlockStart().Replace(line, @"$1\$2")));

    // What makes a list, a rule or the underline of a heading at the beginning of a line, and nothing elsewhere.
    [GeneratedRegex(@"^(\d*)([-+=.)])", RegexOptions.CultureInvariant)]
    private static partial Regex BlockStart();
}
