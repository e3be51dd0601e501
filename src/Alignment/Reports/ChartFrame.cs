using System.Xml.Linq;

namespace Alignment.Reports;

/// <summary>What all charts have: a drawing area, axes with round ticks, grid lines, labels, a legend.</summary>
internal sealed class ChartFrame
{
    public const int Width = 640;
    public const int Height = 260;
    public const int MostColours = 6;   // classes s0 to s5 of PageStyle
    public const int Ticks = 5;

    private const int Left = 58;
    private const int Right = 16;
    private const int Bottom = 44;
    private const int Top = 14;
    private const int LegendRow = 18;

    private readonly XElement _svg;
    private readonly int _top;

    /// <summary>Draws the legend and reserves room; axes come with <see cref="AddAxes"/>.</summary>
    /// <param name="title">Read out to who can't see the chart.</param>
    /// <param name="names">The series; one alone needs no legend.</param>
    public ChartFrame(string title, IReadOnlyList<string> names)
    {
        _svg = Svg.Element("svg", ("viewBox", FormattableString.Invariant($"0 0 {Width} {Height}")), ("role", "img"), ("class", "chart"));
        _svg.Add(Svg.Text("title", title));
        var rows = names.Count < 2 ? 0 : AddLegend(names);
        _top = Top + rows * LegendRow;
    }

    public static AxisScale Horizontal(double low, double high) => new(low, high, Left, Width - Right);

    public AxisScale Vertical(double low, double high) => new(low, high, Height - Bottom, _top);

    public void Add(XElement element) => _svg.Add(element);

    public void AddAxes(AxisScale x, IEnumerable<(double Value, string Label)> xTicks, AxisScale y, string xLabel, string yLabel)
    {
        foreach (var tick in RoundNumbers.Between(y.Low, y.High, Ticks))
        {
            Add(Svg.Line("grid", x.Start, y.Place(tick), x.End, y.Place(tick)));
            Add(Svg.Label("tick end", x.Start - 6, y.Place(tick) + 4, ShortNumber.Of(tick)));
        }
        foreach (var (value, label) in xTicks)
        {
            Add(Svg.Line("axis", x.Place(value), y.Start, x.Place(value), y.Start + 4));
            Add(Svg.Label("tick middle", x.Place(value), y.Start + 17, label));
        }
        Add(Svg.Line("axis", x.Start, y.Start, x.End, y.Start));
        Add(Svg.Label("label middle", (x.Start + x.End) / 2, Height - 6, xLabel));
        var up = Svg.Label("label middle", 0, 0, yLabel);
        up.SetAttributeValue("transform", FormattableString.Invariant($"translate(13 {(y.Start + y.End) / 2:0.#}) rotate(-90)"));
        Add(up);
    }

    public XElement ToElement() => _svg;

    public static string Colour(int series) => FormattableString.Invariant($"s{series % MostColours}");

    private int AddLegend(IReadOnlyList<string> names)
    {
        var (x, row) = ((double)Left, 0);
        for (var i = 0; i < names.Count; i++)
        {
            var width = 24 + 7.0 * names[i].Length;
            if (x > Left && x + width > Width - Right) (x, row) = (Left, row + 1);
            var y = 12 + row * LegendRow;
            Add(Svg.Rectangle(Colour(i), x, y - 9, 10, 10));
            Add(Svg.Label("tick", x + 15, y, names[i]));
            x += width;
        }
        return row + 1;
    }
}
