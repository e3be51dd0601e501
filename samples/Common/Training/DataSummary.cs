using Alignment.Data;

namespace Alignment.Samples;

/// <summary>What a data report says of the rows that a run learns from, for the page of the run; samples/DataReport shows it at length.</summary>
internal static class DataSummary
{
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> SummaryAsync<T>(this Dataset<T> data, TrainingSettings settings, CancellationToken stop)
    {
        if (settings.DryRun) return [];
        var options = new DataReportOptions { Title = Path.GetFileName(Dataset.TrainingPath(settings)) };
        var report = data switch
        {
            Dataset<PreferencePair> pairs => await DataReport.OfAsync(pairs.Training.ToAsyncEnumerable(), options, pairs.HeldOut.ToAsyncEnumerable(), stop),
            Dataset<UnpairedResponse> judged => await DataReport.OfAsync(judged.Training.ToAsyncEnumerable(), options, judged.HeldOut.ToAsyncEnumerable(), stop),
            Dataset<Demonstration> shown => await DataReport.OfAsync(shown.Training.ToAsyncEnumerable(), options, shown.HeldOut.ToAsyncEnumerable(), stop),
            _ => throw new NotSupportedException($"There is no report on {typeof(T).Name}."),
        };
        return report.ToSummary();
    }
}
