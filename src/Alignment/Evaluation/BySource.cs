using Alignment.Training;

namespace Alignment.Evaluation;

/// <summary>The same numbers for each source of the rows, where there is more than one.</summary>
internal static class BySource
{
    public static IEnumerable<Metric> Of<T>(IReadOnlyList<T> rows, Func<T, string?> sourceOf, Func<IReadOnlyList<T>, IReadOnlyList<Metric>> measure)
    {
        var groups = rows.GroupBy(row => sourceOf(row) ?? "unknown").OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        return groups.Count < 2 ? [] : groups.SelectMany(group =>
            measure([.. group]).Append(new Metric("rows", group.Count())).Select(metric => metric with { Name = $"eval/by_source/{group.Key}/{metric.Name}" }));
    }
}
