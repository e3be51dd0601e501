namespace Alignment.Reports;

/// <summary>From values to places on a chart.</summary>
/// <param name="Low">The value at the beginning of the axis.</param>
/// <param name="High">The value at its end; greater than <paramref name="Low"/>.</param>
/// <param name="Start">The place of the beginning, in the chart's units.</param>
/// <param name="End">The place of the end; smaller than <paramref name="Start"/> where the axis goes up.</param>
internal readonly record struct AxisScale(double Low, double High, double Start, double End)
{
    public double Place(double value) => Start + (value - Low) / (High - Low) * (End - Start);

    /// <summary>The least and the greatest of some values, apart from each other even where all are the same, rounded outwards to ticks.</summary>
    public static (double Low, double High) Range(IEnumerable<double> values, int ticks)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) continue;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }
        if (low > high) return (0, 1);
        // Twice the finest difference that the numbers have would not show; a flat line stands in the middle.
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)))
        {
            var pad = low == 0 ? 1 : Math.Abs(low) / 2;
            (low, high) = (low - pad, high + pad);
        }
        var step = RoundNumbers.Step(high - low, ticks);
        return (Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step);
    }
}
