namespace Alignment.Reports;

/// <summary>A named line of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="X">Places along the horizontal axis, ascending.</param>
/// <param name="Y">Values, as many; where one is not finite, the line has a gap.</param>
/// <param name="HasMarks">Whether each point is marked, as few and far ones should be.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, bool HasMarks = false);
