using System.Globalization;
using System.Xml.Linq;
using Alignment.Reports;

namespace Alignment.Tests.Reports;

/// <summary>Charts: round ticks, and shapes where they should be.</summary>
public sealed class ChartTests
{
    [Theory]
    [InlineData(10, 5, 2)]
    [InlineData(10, 4, 5)]
    [InlineData(99, 10, 10)]
    [InlineData(101, 10, 20)]
    [InlineData(0.7, 5, 0.2)]
    [InlineData(1, 1, 1)]
    [InlineData(3e-7, 3, 1e-7)]
    public void Steps_are_round_and_few(double range, int most, double step) => Near.Equal(1, RoundNumbers.Step(range, most) / step, 1e-9);

    [Fact]
    public void Ticks_are_multiples_not_sums()
    {
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5], RoundNumbers.Between(0, 0.5, 5));
        Assert.Equal([-20, 0, 20, 40], RoundNumbers.Between(-25, 45, 4));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.25, "0.25")]
    [InlineData(1500, "1,500")]
    [InlineData(20000, "20k")]
    [InlineData(1500000, "1.5M")]
    [InlineData(-2e9, "-2G")]
    [InlineData(1e-6, "1E-06")]
    public void Numbers_are_short(double value, string text) => Assert.Equal(text, ShortNumber.Of(value));

    [Theory]
    [InlineData(new[] { 0.3, 0.72 }, 0.3, 0.8)]        // steps of 0.1: the range 0.42 in at most 5
    [InlineData(new[] { 4.0, 4.0 }, 2.0, 6.0)]         // flat: half of it on each side
    [InlineData(new[] { 0.0, 0.0 }, -1.0, 1.0)]
    [InlineData(new[] { double.NaN, 1, 3, double.PositiveInfinity }, 1.0, 3.0)]
    [InlineData(new double[0], 0.0, 1.0)]
    public void Ranges_end_on_ticks(double[] values, double low, double high)
    {
        var range = AxisScale.Range(values, 5);
        Near.Equal([low, high], [range.Low, range.High], 1e-9);
    }

    [Fact]
    public void Bars_stand_in_proportion()
    {
        // The axis goes to 8 (the range 0 to 8 in steps of 2); the area is 260 - 44 - 14 - 18 (legend) = 184 high: 8 takes all of it, 2 a quarter, 0 has no bar.
        var chart = BarChart.Of("t", "tokens", [0, 10, 20, 90], [("a", [8, 2, 0]), ("b", [0, 4, 1])]);
        Assert.Equal(["184", "46"], Bars(chart, "s0").Select(bar => bar.Attribute("height")!.Value));
        Assert.Equal(["92", "23"], Bars(chart, "s1").Select(bar => bar.Attribute("height")!.Value));
        Assert.Equal("a: 8 from 0 to 10", Bars(chart, "s0")[0].Value);
        Assert.Equal(["a", "b"], Labels(chart)[..2]);
        Assert.Contains("≥ 20", Labels(chart));
        Assert.Contains("tokens", Labels(chart));
    }

    [Fact]
    public void Empty_charts_are_charts()
    {
        Assert.Empty(Bars(BarChart.Of("t", "x", [0, 1], [("a", [0])]), "s0"));
        Assert.Empty(Paths(LineChart.Of("t", "x", "y", [])));
        Assert.Empty(Paths(LineChart.Of("t", "x", "y", [new ChartSeries("a", [1, 2], [double.NaN, double.NaN])])));
    }

    [Fact]
    public void A_line_goes_through_its_points_and_breaks_at_gaps()
    {
        // x from 0 to 4 over 58 to 624, y from 0 to 1 over 216 to 14: (0, 0) is (58, 216), (1, 1) is (199.5, 14), (4, 0.5) is (624, 115).
        var chart = LineChart.Of("t", "step", "loss", [new ChartSeries("a", [0, 1, 2, 4], [0, 1, double.NaN, 0.5])]);
        Assert.Equal("M58 216h0L199.5 14M624 115h0", Assert.Single(Paths(chart)).Attribute("d")!.Value);
    }

    [Fact]
    public void A_long_line_keeps_its_peaks()
    {
        double[] values = [.. Enumerable.Range(0, 100_000).Select(i => i == 54_321 ? 1 : i == 77_777 ? -1 : 0.0)];
        var path = Assert.Single(Paths(LineChart.Of("t", "x", "y", [new ChartSeries("a", [.. values.Select((_, i) => (double)i)],
            values)]))).Attribute("d")!.Value;
        var heights = path.Split('M', 'L').Skip(1).Select(point => double.Parse(point.Replace("h0", "", StringComparison.Ordinal).Split(' ')[1],
            CultureInfo.InvariantCulture)).ToList();
        Assert.Equal((14, 216), (heights.Min(), heights.Max()));
        Assert.True(heights.Count <= 600);
    }

    [Fact]
    public void Several_lines_have_a_legend_and_colours_of_their_own()
    {
        var chart = LineChart.Of("t", "x", "y", [.. Enumerable.Range(0, 7).Select(i => new ChartSeries($"line {i}", [0, 1], [i, i + 1]))]);
        Assert.Equal(["line s0", "line s1", "line s2", "line s3", "line s4", "line s5", "line s0"], Paths(chart).Select(path =>
            path.Attribute("class")!.Value));
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"line {i}"), Labels(chart)[..7]);
    }

    private static List<XElement> Bars(XElement chart, string type) => [.. Shapes(chart, "rect").Where(bar =>
        bar.Attribute("class")!.Value == type && bar.Attribute("width")!.Value != "10")];

    private static List<XElement> Paths(XElement chart) => [.. Shapes(chart, "path")];

    private static string[] Labels(XElement chart) => [.. Shapes(chart, "text").Select(text => text.Value)];

    private static IEnumerable<XElement> Shapes(XElement chart, string name) => chart.Elements().Where(element => element.Name.LocalName == name);
}
