namespace Alignment.Data;

/// <summary>How often values fall into bins, for one or several groups on one axis.</summary>
/// <param name="Name">A stable name within its section.</param>
/// <param name="Title">What is counted.</param>
/// <param name="Unit">The unit of the edges.</param>
/// <param name="Edges">The borders of the bins, one more than there are bins: bin i holds values from <c>Edges[i]</c> to below <c>Edges[i +
/// 1]</c>, the last one its upper border too.</param>
/// <param name="Series">The groups.</param>
public sealed record DataHistogram(string Name, string Title, FigureUnit Unit, IReadOnlyList<double> Edges, IReadOnlyList<HistogramSeries> Series);
