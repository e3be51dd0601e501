using System.Globalization;

namespace Alignment.Data.Templates;

/// <summary>Numbers as Python writes them: 12, 1_000, 0x1F, 0o17, 0b11, 1.5, 2e-3.</summary>
internal static class NumberLiteral
{
    public static (Value Value, int End) Read(SourceText source, int start)
    {
        var text = source.Text;
        if (text[start] == '0' && start + 1 < text.Length && Radix(text[start + 1]) is var radix and > 0)
            return ReadWhole(source, start, Digits(text, start + 2, radix), radix);

        var end = Digits(text, start, 10);
        var isMember = start > 0 && text[start - 1] == '.';
        var floatEnd = isMember ? end : Exponent(text, Fraction(text, end));
        if (floatEnd == end)
            return ReadWhole(source, start, end, 10);
        var spelled = text[start..floatEnd].Replace("_", "", StringComparison.Ordinal);
        return (Value.Of(double.Parse(spelled, NumberStyles.Float, CultureInfo.InvariantCulture)), floatEnd);
    }

    private static (Value Value, int End) ReadWhole(SourceText source, int start, int end, int radix)
    {
        var digits = source.Text[(radix == 10 ? start : Math.Min(start + 2, end))..end].Replace("_", "", StringComparison.Ordinal);
        var value = 0L;
        foreach (var digit in digits)
        {
            var next = Math.BigMul(value, radix) + Convert.ToInt32(digit.ToString(), 16);
            value = next <= long.MaxValue ? (long)next : throw source.Error(start, "An integer must be within 64 bits.");
        }

        return digits.Length > 0 ? (Value.Of(value), end) : throw source.Error(start, "A number must have digits.");
    }

    private static int Radix(char mark) => char.ToLowerInvariant(mark) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 };

    // Digits with single underscores between them.
    private static int Digits(string text, int start, int radix)
    {
        var end = start;
        while (end < text.Length)
        {
            var next = text[end] == '_' && (end > start || radix != 10) ? end + 1 : end;
            if (next >= text.Length || !char.IsAsciiHexDigit(text[next]) || Convert.ToInt32(text[next].ToString(), 16) >= radix)
                break;
            end = next + 1;
        }

        return end;
    }

    private static int Fraction(string text, int start)
        => start < text.Length && text[start] == '.' && Digits(text, start + 1, 10) is var end && end > start + 1 ? end : start;

    private static int Exponent(string text, int start)
    {
        if (start >= text.Length || text[start] is not ('e' or 'E'))
            return start;
        var digits = start + 1 < text.Length && text[start + 1] is '+' or '-' ? start + 2 : start + 1;
        var end = Digits(text, digits, 10);
        return end > digits ? end : start;
    }
}
