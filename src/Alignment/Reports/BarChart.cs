using System.Globalization;
using System.Xml.Linq;

namespace Alignment.Reports;

/// <summary>A histogram of one or several groups: bins side by side, of one width each.</summary>
internal static class BarChart
{
    private const double Gap = 1;

    /// <summary>Draws the bars of a histogram.</summary>
    /// <param name="title">What is counted.</param>
    /// <param name="xLabel">What the edges measure.</param>
    /// <param name="edges">Borders of bins, ascending, one more than bins. The last bin may be wider than the others: its label then says
    /// from where it goes on.</param>
    /// <param name="series">The groups: a name and a count a bin.</param>
    public static XElement Of(string title, string xLabel, IReadOnlyList<double> edges, IReadOnlyList<(string Name, IReadOnlyList<long> Counts)> series)
    {
        var bins = edges.Count - 1;
        var frame = new ChartFrame(title, [.. series.Select(group => group.Name)]);
        var (_, most) = AxisScale.Range(series.SelectMany(group => group.Counts).Select(count => (double)count).Append(0), ChartFrame.Ticks);
        var (x, y) = (ChartFrame.Horizontal(0, bins), frame.Vertical(0, most));
        frame.AddAxes(x, Labels(edges), y, xLabel, "rows");
        for (var bin = 0; bin < bins; bin++)
        {
            var width = (x.Place(1) - x.Place(0) - Gap) / series.Count;
            for (var i = 0; i < series.Count; i++)
            {
                var count = series[i].Counts[bin];
                if (count == 0) continue;
                var tip = string.Create(CultureInfo.InvariantCulture, $"{series[i].Name}: {count:N0} from {edges[bin]:N0} to {edges[bin + 1]:N0}");
                frame.Add(Svg.Rectangle(ChartFrame.Colour(i), x.Place(bin) + Gap / 2 + i * width, y.Place(count), width,
                    y.Start - y.Place(count)).WithTip(tip));
            }
        }
        return frame.ToElement();
    }

    // Round edges where there is room for a label; the tail's beginning is always named.
    private static IEnumerable<(double Place, string Label)> Labels(IReadOnlyList<double> edges)
    {
        var bins = edges.Count - 1;
        var hasTail = bins > 1 && edges[^1] - edges[^2] > 1.5 * (edges[1] - edges[0]);
        var step = (int)RoundNumbers.Step(Math.Max(bins, 8), 8);
        for (var i = 0; i <= bins - (hasTail ? 1 : 0); i += step)
            if (!hasTail || bins - 1 - i >= 0.6 * step) yield return (i, ShortNumber.Of(edges[i]));
        if (hasTail) yield return (bins - 1, "≥ " + ShortNumber.Of(edges[^2]));
    }
}
