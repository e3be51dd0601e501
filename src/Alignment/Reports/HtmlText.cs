using System.Text;

namespace Alignment.Reports;

/// <summary>Text that a page can carry: characters that XML does not allow are shown by what stands for them.</summary>
internal static class HtmlText
{
    public static string Clean(string text)
    {
        var i = 0;
        while (i < text.Length && IsPlain(text[i])) i++;
        if (i == text.Length) return text;

        var clean = new StringBuilder(text, 0, i, text.Length);
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (IsPlain(c)) clean.Append(c);
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) clean.Append(c).Append(text[++i]);
            else if (c < ' ') clean.Append((char)('\u2400' + c));   // the pictures of control characters
            else if (c == '\u007F') clean.Append('\u2421');
            else clean.Append('\uFFFD');
        }
        return clean.ToString();
    }

    private static bool IsPlain(char c) => c is >= ' ' and < '\u007F' or '\n' or '\t' or >= '\u00A0' and < '\uD800' or >= '\uE000' and < '\uFFFE';
}
