using Alignment.Evaluation;

namespace Alignment.Samples;

/// <summary>Numbers with their 95 % intervals, as text.</summary>
internal static class Shares
{
    public static string Of<T>(IEnumerable<T> rows, Func<T, bool> counts)
    {
        var all = rows.ToList();
        return all.Count == 0 ? "-" : Of(new Proportion(all.Count(counts), all.Count));
    }

    public static string Of(Proportion share) => Text(share.Value, share.Interval.Low, share.Interval.High);

    public static string Of(Estimate share) => Text(share.Value, share.Low, share.High);

    private static string Text(double value, double low, double high) => FormattableString.Invariant($"{value:P1} ({low:P1} to {high:P1})");
}
