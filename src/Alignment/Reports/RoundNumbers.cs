namespace Alignment.Reports;

/// <summary>Numbers that people read easily: 1, 2 or 5 times a power of ten.</summary>
internal static class RoundNumbers
{
    /// <summary>The smallest round step that covers a range in at most so many steps.</summary>
    /// <param name="range">Greater than 0 and finite.</param>
    /// <param name="most">At least 1.</param>
    public static double Step(double range, int most)
    {
        var least = range / most;
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (var factor in (double[])[1, 2, 5, 10])
            if (factor * power >= least * (1 - 1e-9)) return factor * power;
        return 10 * power;
    }

    /// <summary>Round numbers from at or above <paramref name="low"/> to at or below <paramref name="high"/>.</summary>
    public static IReadOnlyList<double> Between(double low, double high, int most)
    {
        var step = Step(high - low, most);
        var first = (long)Math.Ceiling(low / step - 1e-9);
        var last = (long)Math.Floor(high / step + 1e-9);
        // A multiple, not a sum: 0.1 added three times is not 0.3.
        return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => Multiple(first + i, step))];
    }

    // Steps below 1 are 1, 2 or 5 divided by a power of ten; dividing keeps 3 * 0.1 at 0.3.
    private static double Multiple(long count, double step) => step < 1 ? count / Math.Round(1 / step, 9) : count * step;
}
