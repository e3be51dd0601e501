using Alignment.Training;

namespace Alignment.Evaluation;

/// <summary>Percentile intervals from rows drawn anew (Efron 1979).</summary>
public static class Bootstrap
{
    /// <summary>The mean of numbers.</summary>
    /// <param name="values">One number a row; at least one.</param>
    /// <param name="options">The draws; null for the defaults.</param>
    public static Estimate Mean(IReadOnlyList<double> values, BootstrapOptions? options = null) =>
        Of(Ensure.NotNull(values).Count, rows => Mean(values, rows), options);

    /// <summary>The mean difference of two systems on the same rows. Rows are drawn as pairs, so that what both find hard widens nothing.</summary>
    /// <param name="one">One number a row.</param>
    /// <param name="other">The other's numbers on the same rows.</param>
    /// <param name="options">The draws; null for the defaults.</param>
    public static Estimate Difference(IReadOnlyList<double> one, IReadOnlyList<double> other, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Count != other.Count)
            throw new ArgumentException(FormattableString.Invariant(
                $"Both systems must have the same rows; one has {one.Count}, the other {other.Count}."), nameof(other));
        return Of(one.Count, rows => Mean(one, rows) - Mean(other, rows), options);
    }

    /// <summary>Any number that is made of rows.</summary>
    /// <param name="rows">How many rows there are; at least one.</param>
    /// <param name="statistic">The number of a draw, which is given as places of rows.</param>
    /// <param name="options">The draws; null for the defaults.</param>
    public static Estimate Of(int rows, Func<IReadOnlyList<int>, double> statistic, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        options ??= new BootstrapOptions();
        if (rows < 1) throw new ArgumentOutOfRangeException(nameof(rows), rows, "There must be at least one row.");
        var value = statistic([.. Enumerable.Range(0, rows)]);
        var draws = new double[options.Resamples];
        var sample = new int[rows];
        for (var draw = 0; draw < draws.Length; draw++)
        {
            var random = SplitMix64.Of(options.Seed, draw);
            for (var i = 0; i < rows; i++) sample[i] = (int)random.Below((ulong)rows);
            draws[draw] = statistic(sample);
        }
        Array.Sort(draws);
        var tail = (1 - options.Level) / 2;
        return new Estimate(value, Quantile(draws, tail), Quantile(draws, 1 - tail));
    }

    private static double Mean(IReadOnlyList<double> values, IReadOnlyList<int> rows)
    {
        var sum = 0.0;
        foreach (var row in rows) sum += values[row];
        return sum / rows.Count;
    }

    // Between the two nearest draws in a straight line.
    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
