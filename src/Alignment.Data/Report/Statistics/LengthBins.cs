using Alignment.Reports;

namespace Alignment.Data.Reports;

/// <summary>Histograms of lengths: bins of one round width up to where nearly all values lie, then one bin for the long tail.</summary>
internal static class LengthBins
{
    private const int Most = 40;
    private const double Nearly = 0.99;   // of the values of the longest group

    public static DataHistogram Of(string name, string title, FigureUnit unit, IReadOnlyList<(string Name, LengthCounter Lengths)> groups)
    {
        var width = (int)Math.Max(1, RoundNumbers.Step(Math.Max(1, groups.Max(group => group.Lengths.Quantile(Nearly))), Most - 1));
        var max = groups.Max(group => group.Lengths.Max);
        var whole = Math.Min(Most, max / width + 1);
        List<double> edges = [.. Enumerable.Range(0, whole + 1).Select(i => (double)i * width)];
        if (max >= edges[^1]) edges.Add(max);
        return new DataHistogram(name, title, unit, edges, [.. groups.Select(group => new HistogramSeries(group.Name, Counts(group.Lengths, width,
            edges.Count - 1)))]);
    }

    private static long[] Counts(LengthCounter lengths, int width, int bins)
    {
        var counts = new long[bins];
        foreach (var (value, count) in lengths.Sorted) counts[Math.Min(value / width, bins - 1)] += count;
        return counts;
    }
}
