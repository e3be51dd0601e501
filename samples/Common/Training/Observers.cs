using Alignment.Training;

namespace Alignment.Samples;

/// <summary>Who listens to the runs of the samples.</summary>
internal static class Observers
{
    /// <summary>The progress bar; metrics.jsonl, report.html and TensorBoard's events in a folder; and others.</summary>
    public static IObserver<RunEvent> In(string folder, TrainingSettings settings, params IObserver<RunEvent>[] others) => settings.DryRun
        ? RunObservers.All(new ProgressObserver(), new DryRun())
        : RunObservers.All(
        [
            new ProgressObserver(),
            new JsonlObserver(Path.Combine(folder, "metrics.jsonl")),
            new ReportObserver(Path.Combine(folder, "report.html")),
            new TensorBoardObserver(Path.Combine(folder, "tensorboard")),
            .. others,
        ]);
}
