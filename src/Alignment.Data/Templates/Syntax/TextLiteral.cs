using System.Globalization;
using System.Text;

namespace Alignment.Data.Templates;

/// <summary>Texts in quotes, with Python's escapes; an unknown escape stays as it is written.</summary>
internal static class TextLiteral
{
    public static (string Value, int End) Read(SourceText source, int start)
    {
        var text = source.Text;
        var end = start + 1;
        while (end < text.Length && text[end] != text[start])
            end += text[end] == '\\' ? 2 : 1;
        if (end >= text.Length)
            throw source.Error(start, $"A text in quotes must end with {text[start]}.");
        return (Unescape(source, start + 1, end), end + 1);
    }

    private static string Unescape(SourceText source, int start, int end)
    {
        var text = source.Text.AsSpan(0, end);
        if (!text[start..].Contains('\\'))
            return text[start..].ToString();

        var result = new StringBuilder();
        for (var i = start; i < end;)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i++]);
                continue;
            }

            var mark = text[i + 1];
            if (mark is >= '0' and <= '7')
            {
                var digits = 1;
                while (digits < 3 && i + 1 + digits < end && text[i + 1 + digits] is >= '0' and <= '7')
                    digits++;
                result.Append((char)Convert.ToInt32(text.Slice(i + 1, digits).ToString(), 8));
                i += 1 + digits;
                continue;
            }

            var length = mark switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (length > 0)
                result.Append(CodePoint(source, i, end, length));
            else if (mark == 'N')
                throw source.Error(i, "A character must not be named by \\N; write it, or its number as \\uXXXX.");
            else
                result.Append(Simple(mark));
            i += 2 + length;
        }

        return result.ToString();
    }

    private static string CodePoint(SourceText source, int start, int end, int length)
    {
        var digits = source.Text.AsSpan(start + 2, Math.Min(length, end - start - 2));
        if (digits.Length < length
            || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point)
            || point is < 0 or > 0x10FFFF)
        {
            throw source.Error(start, $"'\\{source.Text[start + 1]}' must be followed by the {length} hexadecimal digits of a character.");
        }

        return point < 0x10000 ? ((char)point).ToString() : char.ConvertFromUtf32(point);
    }

    private static string Simple(char mark) => mark switch
    {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        'a' => "\a",
        'b' => "\b",
        'f' => "\f",
        'v' => "\v",
        '\n' => "",
        '\\' or '\'' or '"' => mark.ToString(),
        _ => $"\\{mark}",
    };
}
