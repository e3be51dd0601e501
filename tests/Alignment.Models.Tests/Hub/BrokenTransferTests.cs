namespace Alignment.Models.Tests;

/// <summary>Connections that break, files that are wrong, servers that are busy.</summary>
public sealed class BrokenTransferTests : IDisposable
{
    private const string Name = "model.safetensors";
    private static readonly byte[] Weights = FakeHub.Bytes(2_000_000);

    private readonly FakeHub hub = new((Name, Weights));

    private string Blob => Path.Combine(hub.Root, "blobs", FakeHub.Sha256(Weights));

    private string Incomplete => Blob + ".incomplete";

    [Fact]
    public async Task A_connection_that_is_cut_is_resumed_with_the_missing_bytes()
    {
        OnFile((nth, asked) => nth < 3 ? Answer.Part(Weights, asked.Start).CutAfter(700_000) : null);
        await AssertWholeAsync();
        Assert.Equal([0, 700_000, 1_400_000], Starts);
    }

    [Fact]
    public async Task A_body_without_a_length_that_ends_early_is_resumed()
    {
        OnFile((nth, asked) => nth == 1 ? new Answer { Body = Weights[..10], Announced = -1 } : null);
        await AssertWholeAsync();
        Assert.Equal([0, 10], Starts);
    }

    [Fact]
    public async Task What_is_left_of_a_cancelled_download_is_resumed_by_the_next()
    {
        using var cancel = new CancellationTokenSource();
        OnFile((nth, asked) => nth > 1 ? null : (Answer.Part(Weights, 0).CutAfter(900_000) with { Then = () => Task.Delay(-1) }));
        var download = hub.DownloadAsync(token: cancel.Token);
        while (!File.Exists(Incomplete) || new FileInfo(Incomplete).Length < 700_000) await Task.Yield();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
        var left = (int)new FileInfo(Incomplete).Length;
        Assert.InRange(left, 700_000, 900_000);
        Assert.Equal(Weights[..left], File.ReadAllBytes(Incomplete));
        Assert.False(File.Exists(Path.Combine(hub.Snapshot, Name)));
        await AssertWholeAsync();
        Assert.Equal([0, left], Starts);
        Assert.False(File.Exists(Incomplete));
    }

    [Fact]
    public async Task A_server_that_knows_no_ranges_sends_all_again()
    {
        Leave(Weights[..500_000]);
        OnFile((_, _) => new Answer { Body = Weights });
        await AssertWholeAsync();
        Assert.Equal([500_000], Starts);
    }

    [Fact]
    public async Task A_range_that_is_refused_is_asked_for_from_the_start()
    {
        Leave(Weights[..500_000]);
        OnFile((nth, _) => nth == 1 ? new Answer(416) : null);
        await AssertWholeAsync();
        Assert.Equal([500_000, 0], Starts);
    }

    [Fact]
    public async Task A_part_that_is_complete_needs_no_request()
    {
        Leave(Weights);
        await AssertWholeAsync();
        Assert.Empty(Starts);
    }

    [Fact]
    public async Task A_part_that_is_too_long_counts_for_nothing()
    {
        Leave([.. Weights, 1]);
        await AssertWholeAsync();
        Assert.Equal([0], Starts);
    }

    [Fact]
    public async Task A_part_that_is_damaged_is_found_by_the_hash_and_fetched_again()
    {
        Leave(new byte[500_000]);
        await AssertWholeAsync();
        Assert.Equal([500_000, 0], Starts);
    }

    [Fact]
    public async Task A_wrong_hash_deletes_the_file_and_names_both()
    {
        var other = FakeHub.Bytes(Weights.Length, seed: 2);
        OnFile((_, asked) => Answer.Part(other, asked.Start));
        Assert.Equal(
            $"org/tiny: 'model.safetensors' must have the SHA-256 {FakeHub.Sha256(Weights)}; what came has {FakeHub.Sha256(other)}. It was deleted.",
            await hub.FailAsync());
        AssertNothing();
    }

    [Fact]
    public async Task A_wrong_hash_of_a_resumed_file_is_found_too()
    {
        Leave(new byte[500_000]);
        var other = FakeHub.Bytes(Weights.Length, seed: 2);
        OnFile((_, asked) => Answer.Part(other, asked.Start));
        Assert.Contains($"what came has {FakeHub.Sha256(other)}.", await hub.FailAsync(), StringComparison.Ordinal);
        Assert.Equal([500_000, 0], Starts);
        AssertNothing();
    }

    [Fact]
    public async Task A_small_file_is_checked_against_the_id_that_git_gives_it()
    {
        hub.Files["config.json"] = [1, 2, 3];
        hub.Instead = (path, _, _) => path.EndsWith("config.json", StringComparison.Ordinal) ? new Answer { Body = [1, 2, 4] } : null;
        Assert.Equal(
            $"org/tiny: 'config.json' must have the git blob id {FakeHub.BlobId([1, 2, 3])}; what came has {FakeHub.BlobId([1, 2, 4])}. It was deleted.",
            await hub.FailAsync());
    }

    [Theory]
    [InlineData(2_000_001)]
    [InlineData(1_999_999)]
    public async Task Another_length_is_refused_when_it_is_announced(int length)
    {
        OnFile((_, _) => new Answer { Body = Weights[..10], Announced = length });
        Assert.Equal(
            $"org/tiny: 'model.safetensors' must have the 2000000 bytes that the hub lists; the server announced {length}.", await hub.FailAsync());
    }

    [Fact]
    public async Task More_bytes_than_listed_are_refused_where_nothing_was_announced()
    {
        OnFile((_, _) => new Answer { Body = [.. Weights, 1], Announced = -1 });
        Assert.Equal("org/tiny: 'model.safetensors' must have the 2000000 bytes that the hub lists; more came.", await hub.FailAsync());
    }

    [Fact]
    public async Task Other_bytes_than_those_asked_for_are_refused()
    {
        Leave(Weights[..500_000]);
        OnFile((_, _) => new Answer(206) { Body = Weights[400_000..], Headers = [Answer.Range(400_000, Weights.Length)] });
        Assert.Equal(
            "org/tiny: 'model.safetensors' must have the 2000000 bytes that the hub lists; asked for those from 500000, the server sent those from 400000.",
            await hub.FailAsync());
    }

    [Fact]
    public async Task A_compressed_file_is_refused()
    {
        OnFile((_, _) => new Answer { Body = Weights, Headers = [("Content-Encoding", "gzip")] });
        Assert.Equal("org/tiny: 'model.safetensors' must come as it is, which was asked for; came as 'gzip'.", await hub.FailAsync());
        Assert.All(hub.Requests, asked => Assert.Equal("identity", asked.Headers["Accept-Encoding"]));
    }

    [Fact]
    public async Task Failures_are_tried_again_after_twice_the_wait_each()
    {
        OnFile((nth, _) => nth <= 5 ? new Answer(((int[])[500, 502, 503, 504, 408])[nth - 1]) : null);
        await AssertWholeAsync();
        Assert.Equal([0.5, 1, 2, 4, 8], hub.Clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Failures_in_a_row_end_after_a_bounded_number()
    {
        OnFile((_, _) => new Answer(500));
        Assert.Equal(
            $"{hub.FileServer.Address}blob/model.safetensors: answered 500. Gave up after 3 attempts.",
            await hub.FailAsync(hub.Options with { Retries = 2 }));
        Assert.Equal(3, Starts.Length);
    }

    [Fact]
    public async Task A_mebibyte_that_comes_clears_the_count_of_failures()
    {
        OnFile((nth, asked) => nth switch { 1 or 3 => new Answer(500), 2 => Answer.Part(Weights, 0).CutAfter(1 << 20), _ => null });
        await AssertWholeAsync(hub.Options with { Retries = 2 });
        Assert.Equal([0, 0, 1 << 20, 1 << 20], Starts);
    }

    [Fact]
    public async Task Bytes_that_come_again_after_a_restart_clear_nothing()
    {
        // 1.5 MB, then a refused range, then the same 1.5 MB: this would go on for ever.
        OnFile((_, asked) => asked.Start > 0 ? new Answer(416) : Answer.Part(Weights, 0).CutAfter(1_500_000));
        Assert.EndsWith(" Gave up after 6 attempts.", await hub.FailAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("17")]
    [InlineData("Thu, 01 Jan 2026 12:00:17 GMT")]
    public async Task A_busy_server_is_left_alone_as_long_as_it_asks(string retryAfter)
    {
        OnFile((nth, _) => nth == 1 ? new Answer(429) { Headers = [("Retry-After", retryAfter)] } : null);
        await AssertWholeAsync();
        Assert.Equal([17.0], hub.Clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_server_that_asks_for_an_hour_is_not_waited_for()
    {
        OnFile((_, _) => new Answer(429) { Headers = [("Retry-After", "3600")] });
        Assert.Equal(
            $"{hub.FileServer.Address}blob/model.safetensors: answered 429. The hub asks to be left alone for 3600 seconds.", await hub.FailAsync());
        Assert.Single(Starts);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_asked_again_after_the_timeout()
    {
        OnFile((nth, asked) => nth > 1 ? null : Answer.Part(Weights, 0).CutAfter(0) with { Then = Silence() });
        await AssertWholeAsync();
        Assert.Equal(2, Starts.Length);
    }

    [Fact]
    public async Task A_server_that_is_always_silent()
    {
        OnFile((_, asked) => Answer.Part(Weights, 0).CutAfter(0) with { Then = Silence() });
        Assert.Equal(
            $"{hub.Server.Address}org/tiny/resolve/{FakeHub.Commit}/model.safetensors: was silent for 3600 seconds. Gave up after 1 attempts.",
            await hub.FailAsync(hub.Options with { Retries = 0 }));
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached()
    {
        var closed = new HubServer(_ => new Answer());
        closed.Dispose();
        var message = await hub.FailAsync(hub.Options with { Endpoint = closed.Address });
        Assert.StartsWith($"{closed.Address}api/models/org/tiny/revision/main: ", message, StringComparison.Ordinal);
        Assert.EndsWith(" Gave up after 6 attempts.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_for_which_the_disk_has_no_room()
    {
        var listing = hub.Listing();
        listing["siblings"]![0]!["lfs"]!["size"] = 1L << 52;
        hub.Instead = (path, _, _) => path.StartsWith("/api/", StringComparison.Ordinal) ? FakeHub.Json(listing) : null;
        Assert.StartsWith($"org/tiny: '{hub.Root}' must have room for 4503599627370496 bytes; ", await hub.FailAsync(), StringComparison.Ordinal);
        Assert.Empty(Starts);
    }

    [Fact]
    public async Task Two_downloads_at_once_fetch_the_file_once()
    {
        var both = new TaskCompletionSource();
        var listings = 0;
        hub.Instead = (path, nth, asked) =>
        {
            if (path.StartsWith("/api/", StringComparison.Ordinal) && Interlocked.Increment(ref listings) == 2) both.SetResult();
            return path.StartsWith("/blob/", StringComparison.Ordinal) && nth == 1
                ? Answer.Part(Weights, 0).CutAfter(1_000_000) with { Then = () => both.Task }
                : null;
        };
        var folders = await Task.WhenAll(Task.Run(() => hub.DownloadAsync()), Task.Run(() => hub.DownloadAsync()));
        Assert.Equal([hub.Snapshot, hub.Snapshot], folders);
        Assert.Equal([0, 1_000_000], Starts);
        Assert.Equal(Weights, File.ReadAllBytes(Path.Combine(hub.Snapshot, Name)));
    }

    [Fact]
    public async Task A_lock_that_another_process_holds_is_waited_for()
    {
        var path = Path.Combine(hub.Cache, ".locks", "models--org--tiny", FakeHub.Sha256(Weights) + ".lock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Task<string> download;
        await using (new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            download = Task.Run(() => hub.DownloadAsync());
            while (hub.Clock.Waits.Count < 3) await Task.Yield();
            Assert.Empty(Starts);
        }
        await download;
        Assert.Equal([0], Starts);
    }

    public void Dispose() => hub.Dispose();

    private int[] Starts => [.. hub.FileServer.Requests.Select(asked => asked.Start)];

    private void OnFile(Func<int, Asked, Answer?> answer) =>
        hub.Instead = (path, nth, asked) => path.StartsWith("/blob/", StringComparison.Ordinal) ? answer(nth, asked) : null;

    private void Leave(byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Blob)!);
        File.WriteAllBytes(Incomplete, bytes);
    }

    private async Task AssertWholeAsync(ModelHubOptions? options = null)
    {
        await hub.DownloadAsync(options);
        Assert.Equal(Weights, File.ReadAllBytes(Path.Combine(hub.Snapshot, Name)));
    }

    private void AssertNothing()
    {
        Assert.False(File.Exists(Blob));
        Assert.False(File.Exists(Incomplete));
        Assert.False(File.Exists(Path.Combine(hub.Snapshot, Name)));
        Assert.False(File.Exists(Path.Combine(hub.Root, "refs", "main")));
    }

    // The head is here, so the client makes one more timer, for the wait for the body; then an hour passes.
    private Func<Task> Silence()
    {
        var timers = hub.Clock.Timers;
        return async () =>
        {
            while (hub.Clock.Timers == timers) await Task.Yield();
            hub.Clock.PassLong();
            await Task.Delay(-1);
        };
    }
}
