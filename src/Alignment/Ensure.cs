using System.Globalization;
using System.Runtime.CompilerServices;

namespace Alignment;

/// <summary>Checks where a value is written; each message says which value, what is allowed and what came.</summary>
internal static class Ensure
{
    public static double Positive(double value, [CallerMemberName] string name = "") =>
        double.IsFinite(value) && value > 0 ? value : throw Out(name, value, "must be a finite number greater than 0");

    public static double NotNegative(double value, [CallerMemberName] string name = "") =>
        double.IsFinite(value) && value >= 0 ? value : throw Out(name, value, "must be a finite number, 0 or greater");

    public static double AtLeastZeroBelow(double value, double limit, [CallerMemberName] string name = "") =>
        value >= 0 && value < limit
            ? value
            : throw Out(name, value, string.Create(CultureInfo.InvariantCulture, $"must be at least 0 and below {limit}"));

    public static int AtLeast(int value, int least, [CallerMemberName] string name = "") =>
        value >= least ? value : throw Out(name, value, string.Create(CultureInfo.InvariantCulture, $"must be at least {least}"));

    private static ArgumentOutOfRangeException Out(string name, object value, string rule) => new(name, value, $"{name} {rule}.");
}
