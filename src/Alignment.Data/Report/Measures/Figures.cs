using System.Globalization;
using Alignment.Evaluation;

namespace Alignment.Data.Reports;

/// <summary>Short ways to write figures, and numbers in messages.</summary>
internal static class Figures
{
    public static DataFigure Count(string name, string label, long value) => new(name, label, FigureUnit.Count, value);

    public static DataFigure Number(string name, string label, double value) => new(name, label, FigureUnit.Number, value);

    /// <summary>A share of what was counted in full, which has no interval; 0 where there was nothing.</summary>
    public static DataFigure Share(string name, string label, long count, long all) => new(name, label, FigureUnit.Share, all == 0 ? 0 : (double)count / all);

    /// <summary>A share that stands for more than these rows, with Wilson's interval; 0 without an interval where there were no trials.</summary>
    public static DataFigure Estimate(string name, string label, double count, long trials)
    {
        if (trials == 0) return new DataFigure(name, label, FigureUnit.Share, 0);
        var (low, high) = Wilson.Interval(count / trials, trials);
        return new DataFigure(name, label, FigureUnit.Share, count / trials, low, high);
    }

    /// <summary>12.3 %, and more digits where there would be none.</summary>
    public static string Percent(double share) => (100 * share).ToString(share is > 0 and < 0.001 ? "0.####" : "0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>The form of a verb that goes with a count.</summary>
    public static string Verb(long count, string one, string many) => count == 1 ? one : many;

    /// <summary>1,234.</summary>
    public static string Whole(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>1 row, 1,234 rows.</summary>
    public static string Of(long count, string noun) => $"{Whole(count)} {noun}{(count == 1 ? "" : "s")}";

    public static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Three(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
