using System.Text;
using System.Xml.Linq;

namespace Alignment.Reports;

/// <summary>Curves over a common axis, such as losses over steps.</summary>
internal static class LineChart
{
    private const int MostPoints = 600;   // about one a pixel; of more, the least and the greatest of each stretch are drawn

    public static XElement Of(string title, string xLabel, string yLabel, IReadOnlyList<ChartSeries> series)
    {
        var frame = new ChartFrame(title, [.. series.Select(line => line.Name)]);
        var (xLow, xHigh) = Extent(series.SelectMany(line => line.X));
        var (yLow, yHigh) = AxisScale.Range(series.SelectMany(line => line.Y), ChartFrame.Ticks);
        var (x, y) = (ChartFrame.Horizontal(xLow, xHigh), frame.Vertical(yLow, yHigh));
        frame.AddAxes(x, RoundNumbers.Between(xLow, xHigh, 8).Select(tick => (tick, ShortNumber.Of(tick))), y, xLabel, yLabel);
        for (var i = 0; i < series.Count; i++)
        {
            var path = PathOf(series[i], x, y);
            if (path.Length > 0) frame.Add(Svg.Path($"line {ChartFrame.Colour(i)}", path).WithTip(series[i].Name));
            if (!series[i].HasMarks) continue;
            foreach (var (at, value) in series[i].X.Zip(series[i].Y).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second)))
                frame.Add(Svg.Path($"mark line {ChartFrame.Colour(i)}", $"M{Svg.Number(x.Place(at))} {Svg.Number(y.Place(value))}h0")
                    .WithTip($"{series[i].Name}: {ShortNumber.Of(value)} at {ShortNumber.Of(at)}"));
        }
        return frame.ToElement();
    }

    private static (double Low, double High) Extent(IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (low, high) = (finite.Min(), finite.Max());
        return low < high ? (low, high) : (low - 0.5, high + 0.5);
    }

    private static string PathOf(ChartSeries line, AxisScale x, AxisScale y)
    {
        var path = new StringBuilder();
        var isDown = false;
        foreach (var i in Drawn(line.Y))
        {
            var isPoint = double.IsFinite(line.X[i]) && double.IsFinite(line.Y[i]);
            // A lone point is a line of no length with round ends.
            if (isPoint) path.Append(isDown ? 'L'
                : 'M').Append(Svg.Number(x.Place(line.X[i]))).Append(' ').Append(Svg.Number(y.Place(line.Y[i]))).Append(isDown ? "" : "h0");
            isDown = isPoint;
        }
        return path.ToString();
    }

    private static IEnumerable<int> Drawn(IReadOnlyList<double> values)
    {
        if (values.Count <= MostPoints) return Enumerable.Range(0, values.Count);
        const int Stretches = MostPoints / 2;
        return Enumerable.Range(0, Stretches).SelectMany(stretch =>
        {
            var (first, end) = ((int)((long)values.Count * stretch / Stretches), (int)((long)values.Count * (stretch + 1) / Stretches));
            var (least, greatest) = (first, first);
            for (var i = first; i < end; i++)
            {
                if (!double.IsFinite(values[i])) return [first, i, end - 1];   // the gap shows
                if (values[i] < values[least]) least = i;
                if (values[i] > values[greatest]) greatest = i;
            }
            return (int[])[Math.Min(least, greatest), Math.Max(least, greatest)];
        });
    }
}
