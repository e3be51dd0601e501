using System.Globalization;
using System.Runtime.CompilerServices;

namespace Alignment.Models;

/// <summary>Checks where a value is written; each message says which value, what is allowed and what came.</summary>
internal static class Check
{
    public static int Within(int value, int most, [CallerMemberName] string name = "") =>
        value >= 1 && value <= most ? value : throw Out(name, value, string.Create(CultureInfo.InvariantCulture, $"must be from 1 to {most}"));

    public static double Positive(double value, [CallerMemberName] string name = "") =>
        double.IsFinite(value) && value > 0 ? value : throw Out(name, value, "must be a finite number greater than 0");

    public static double NotNegative(double value, [CallerMemberName] string name = "") =>
        double.IsFinite(value) && value >= 0 ? value : throw Out(name, value, "must be a finite number, 0 or greater");

    public static double Share(double value, [CallerMemberName] string name = "") =>
        value is > 0 and <= 1 ? value : throw Out(name, value, "must be greater than 0 and at most 1");

    private static ArgumentOutOfRangeException Out(string name, object value, string rule) => new(name, value, $"{name} {rule}.");
}
