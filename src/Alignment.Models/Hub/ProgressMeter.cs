namespace Alignment.Models;

/// <summary>Counts the bytes of all files and reports them at most ten times a second, and once when a file is complete.</summary>
internal sealed class ProgressMeter(IProgress<DownloadProgress>? progress, long present, long total, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, long> reached = [];   // by file; the most that ever was here
    private long here = present;
    private long? reported;

    public void Moved(HubFile file, long bytes) => Report(file, bytes, isComplete: false);

    public void Completed(HubFile file) => Report(file, file.Size, isComplete: true);

    private void Report(HubFile file, long bytes, bool isComplete)
    {
        if (progress is null) return;
        lock (gate)
        {
            var most = Math.Max(bytes, reached.GetValueOrDefault(file.Name));
            here += most - reached.GetValueOrDefault(file.Name);
            reached[file.Name] = most;
            var isSoon = reported is { } last && time.GetElapsedTime(last) < Pause;
            if (isSoon && !isComplete) return;
            reported = time.GetTimestamp();
            progress.Report(new DownloadProgress(file.Name, most, file.Size, here, total));
        }
    }
}
