using Alignment.Training;

namespace Alignment.Samples;

/// <summary>Who listens to the runs of the samples.</summary>
internal static class Observers
{
    /// <summary>The progress bar; metrics.jsonl, report.html and TensorBoard's events in a folder; and others.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="settings">A dry run writes nothing.</param>
    /// <param name="data">What the page says of the data.</param>
    /// <param name="others">The others.</param>
    public static IObserver<RunEvent> In(
        string folder, TrainingSettings settings, IReadOnlyList<KeyValuePair<string, string>> data, params IObserver<RunEvent>[] others) => settings.DryRun
        ? new ProgressObserver()
        : RunObservers.All(
        [
            new ProgressObserver(),
            new JsonlObserver(Path.Combine(folder, "metrics.jsonl")),
            new ReportObserver(Path.Combine(folder, "report.html")) { Data = data },
            new TensorBoardObserver(Path.Combine(folder, "tensorboard")),
            .. others,
        ]);
}
