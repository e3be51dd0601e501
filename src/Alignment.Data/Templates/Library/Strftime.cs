using System.Globalization;

namespace Alignment.Data.Templates;

/// <summary>C's <c>strftime</c> in English, for a local time without a zone, as Python's <c>datetime.now()</c> is.</summary>
internal static class Strftime
{
    public static string Format(Rendering rendering, DateTimeOffset time, string format)
    {
        var text = new BoundedText(rendering);
        rendering.Charge(format.Length);
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            // %-d: without the leading zero.
            var isShort = i + 1 < format.Length && format[i + 1] == '-';
            i += isShort ? 2 : 1;
            var part = Part(rendering, time, i < format.Length ? format[i] : '\0');
            text.Append(isShort ? part.TrimStart('0', ' ') is { Length: > 0 } shorter ? shorter : "0" : part);
        }

        return text.ToString();
    }

    private static string Part(Rendering rendering, DateTimeOffset time, char mark)
    {
        var pattern = mark switch
        {
            'Y' => "yyyy",
            'y' => "yy",
            'm' => "MM",
            'B' => "MMMM",
            'b' or 'h' => "MMM",
            'd' => "dd",
            'A' => "dddd",
            'a' => "ddd",
            'H' => "HH",
            'I' => "hh",
            'M' => "mm",
            'S' => "ss",
            'f' => "ffffff",
            'p' => "tt",
            'F' => "yyyy-MM-dd",
            'T' or 'X' => "HH:mm:ss",
            'R' => "HH:mm",
            'D' or 'x' => "MM'/'dd'/'yy",
            _ => null,
        };
        if (pattern is not null)
            return time.ToString(pattern, CultureInfo.InvariantCulture);
        return mark switch
        {
            '%' => "%",
            'n' => "\n",
            't' => "\t",
            'e' => string.Create(CultureInfo.InvariantCulture, $"{time.Day,2}"),
            'j' => string.Create(CultureInfo.InvariantCulture, $"{time.DayOfYear:000}"),
            'u' => time.DayOfWeek == DayOfWeek.Sunday ? "7" : ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            'c' => Format(rendering, time, "%a %b %e %T %Y"),
            'Z' or 'z' => "",
            _ => throw rendering.Error(
                $"A date's format must use %Y %y %m %B %b %d %e %j %A %a %u %w %H %I %M %S %f %p %F %T %D %c; was '%{mark}'."),
        };
    }
}
