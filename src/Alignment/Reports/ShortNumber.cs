using System.Globalization;

namespace Alignment.Reports;

/// <summary>Numbers for axes: 1,500, 20k, 1.5M, 0.25, 1E-06.</summary>
internal static class ShortNumber
{
    public static string Of(double value)
    {
        var size = Math.Abs(value);
        if (size >= 1e15 || size is > 0 and < 1e-4) return value.ToString("0.##E-00", CultureInfo.InvariantCulture);
        var (scale, unit) = size >= 1e9 ? (1e9, "G") : size >= 1e6 ? (1e6, "M") : size >= 1e4 ? (1e3, "k") : (1, "");
        return (value / scale).ToString("#,0.#####", CultureInfo.InvariantCulture) + unit;
    }
}
