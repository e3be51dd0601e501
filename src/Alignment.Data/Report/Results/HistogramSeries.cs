namespace Alignment.Data;

/// <summary>The counts of one group of a histogram.</summary>
/// <param name="Name">The group, for example <c>chosen</c>.</param>
/// <param name="Counts">One number a bin.</param>
public sealed record HistogramSeries(string Name, IReadOnlyList<long> Counts);
