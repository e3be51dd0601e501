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

    public static TimeSpan Positive(TimeSpan value, [CallerMemberName] string name = "") =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be greater than 0.");

    public static TimeSpan NotNegative(TimeSpan value, [CallerMemberName] string name = "") =>
        value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0.");

    public static double AtLeastZeroBelow(double value, double limit, [CallerMemberName] string name = "") =>
        value >= 0 && value < limit
            ? value
            : throw Out(name, value, string.Create(CultureInfo.InvariantCulture, $"must be at least 0 and below {limit}"));

    public static double AboveZeroBelow(double value, double limit, [CallerMemberName] string name = "") =>
        value > 0 && value < limit
            ? value
            : throw Out(name, value, string.Create(CultureInfo.InvariantCulture, $"must be greater than 0 and below {limit}"));

    public static double AboveZeroAtMost(double value, double limit, [CallerMemberName] string name = "") =>
        value > 0 && value <= limit
            ? value
            : throw Out(name, value, string.Create(CultureInfo.InvariantCulture, $"must be greater than 0 and at most {limit}"));

    public static double Within(double value, double least, double most, [CallerMemberName] string name = "") =>
        value >= least && value <= most
            ? value
            : throw Out(name, value, string.Create(CultureInfo.InvariantCulture, $"must be at least {least} and at most {most}"));

    public static T Defined<T>(T value, [CallerMemberName] string name = "") where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw Out(name, value, $"must be one of {string.Join(", ", Enum.GetNames<T>())}");

    public static T NotNull<T>(T value, [CallerMemberName] string name = "") where T : class => value ?? throw new ArgumentNullException(name);

    public static double GreaterThan(double value, double limit, [CallerMemberName] string name = "") =>
        double.IsFinite(value) && value > limit
            ? value
            : throw Out(name, value, string.Create(CultureInfo.InvariantCulture, $"must be a finite number greater than {limit}"));

    public static double Finite(double value, [CallerMemberName] string name = "") =>
        double.IsFinite(value) ? value : throw Out(name, value, "must be a finite number");

    public static int AtLeast(int value, int least, [CallerMemberName] string name = "") =>
        value >= least ? value : throw Out(name, value, string.Create(CultureInfo.InvariantCulture, $"must be at least {least}"));

    private static ArgumentOutOfRangeException Out(string name, object value, string rule) => new(name, value, $"{name} {rule}.");
}
