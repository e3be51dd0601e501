namespace Alignment.Models.Tests;

/// <summary>What a progress bar is told.</summary>
public sealed class ProgressTests : IDisposable
{
    private static readonly byte[] Weights = FakeHub.Bytes(3_000_000);

    private readonly FakeHub hub = new(("config.json", new byte[10]), ("model.safetensors", Weights));
    private readonly Reports reports = [];

    [Fact]
    public async Task It_never_goes_back_and_ends_at_the_total()
    {
        // Three times from the start, because the server knows no ranges, and on a real clock.
        hub.Instead = (path, nth, _) => path.StartsWith("/blob/", StringComparison.Ordinal) && nth < 3
            ? new Answer { Body = Weights }.CutAfter(2_900_000)
            : path.StartsWith("/blob/", StringComparison.Ordinal) ? new Answer { Body = Weights } : null;
        using var client = new ModelHub(hub.Options with { Timeout = TimeSpan.FromDays(1) }, time: new Ticking());
        await client.DownloadAsync(FakeHub.Repository, progress: reports);
        Assert.InRange(reports.Count, 20, 1000);
        foreach (var (before, after) in reports.Zip(reports.Skip(1)))
        {
            Assert.InRange(after.TotalBytes, before.TotalBytes, 3_000_010);
            if (after.File == before.File) Assert.InRange(after.FileBytes, before.FileBytes, after.FileTotal);
        }
        Assert.All(reports, report => Assert.Equal(3_000_010, report.Total));
        Assert.Equal(new DownloadProgress("model.safetensors", 3_000_000, 3_000_000, 3_000_010, 3_000_010), reports[^1]);
    }

    [Fact]
    public async Task While_no_time_passes_only_the_first_piece_and_complete_files_are_told()
    {
        await hub.DownloadAsync(progress: reports);
        Assert.Equal(new DownloadProgress("config.json", 10, 10, 10, 3_000_010), reports[0]);
        Assert.Equal(
            [
                new DownloadProgress("config.json", 10, 10, 10, 3_000_010),
                new DownloadProgress("model.safetensors", 3_000_000, 3_000_000, 3_000_010, 3_000_010),
            ],
            reports.Skip(1));
    }

    [Fact]
    public async Task Files_that_are_here_count_from_the_start()
    {
        await hub.DownloadAsync(hub.Options with { Patterns = ["config.json"] });
        await hub.DownloadAsync(progress: reports);
        Assert.All(reports, report => Assert.Equal("model.safetensors", report.File));
        Assert.Equal(reports[0].FileBytes + 10, reports[0].TotalBytes);
        Assert.Equal(3_000_010, reports[^1].TotalBytes);
    }

    public void Dispose() => hub.Dispose();

    /// <summary>A clock on which a second passes whenever somebody looks.</summary>
    private sealed class Ticking : TimeProvider
    {
        private readonly TestClock clock = new();
        private long seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Increment(ref seconds);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(callback, state, dueTime, period);
    }
}
