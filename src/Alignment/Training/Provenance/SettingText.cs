using System.Collections;
using System.Globalization;

namespace Alignment.Training;

/// <summary>The value of a setting as text: the same in every culture and on every machine, and different where values differ.</summary>
internal static class SettingText
{
    public const string NotSet = "not set";

    /// <summary>The text of a value that is no group of settings.</summary>
    /// <returns>Null for a group or a list of groups, which <see cref="Settings"/> takes apart.</returns>
    public static string? Of(object? value) => value switch
    {
        null => NotSet,
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => OfNumber(number.ToString("R", CultureInfo.InvariantCulture)),
        float number => OfNumber(number.ToString("R", CultureInfo.InvariantCulture)),
        Enum or Guid or Type or Version => value.ToString(),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number when value.GetType().IsPrimitive || value is decimal => number.ToString(null, CultureInfo.InvariantCulture),
        Delegate => "a function",
        IEnumerable list => OfList(list),
        _ => null,
    };

    // 5E-07 is written 5e-7, as everybody writes learning rates.
    private static string OfNumber(string text)
    {
        var e = text.IndexOf('E', StringComparison.Ordinal);
        return e < 0 ? text : $"{text[..e]}e{int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)}";
    }

    private static string? OfList(IEnumerable list)
    {
        var texts = list is IDictionary map
            ? map.Keys.Cast<object>().Select(key => OfElement(map[key]) is { } text ? $"{Of(key)}: {text}" : null).Order(StringComparer.Ordinal)   // it has no order of its own
            : list.Cast<object?>().Select(OfElement);
        List<string?> all = [.. texts];
        return all.Contains(null) ? null : $"[{string.Join(", ", all)}]";
    }

    // Quoted, so that a list of two texts is not taken for one with a comma.
    private static string? OfElement(object? value) => value is string text ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : Of(value);
}
