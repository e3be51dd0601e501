namespace Alignment.Models.Tests;

/// <summary>The cache alone, filled by this library or by Python's.</summary>
public sealed class OfflineTests : IDisposable
{
    private const string Index = """{"weight_map":{"a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors"}}""";

    private readonly FakeHub hub = new(
        ("config.json", "{}"u8.ToArray()), ("model-00001-of-00002.safetensors", [1]), ("model-00002-of-00002.safetensors", [2, 2]),
        ("tokenizer.json", [3]), ("merges.txt", [4]));

    private ModelHubOptions Offline => hub.Options with { IsOffline = true };

    [Theory]
    [InlineData("main")]
    [InlineData(FakeHub.Commit)]
    public async Task A_snapshot_that_was_downloaded_is_found_without_a_request(string revision)
    {
        await hub.DownloadAsync();
        var before = hub.Requests.Count();
        Assert.Equal(hub.Snapshot, await hub.DownloadAsync(Offline, revision));
        Assert.Equal(before, hub.Requests.Count());
    }

    [Theory]
    [InlineData("main")]
    [InlineData(FakeHub.Commit)]
    public async Task A_revision_that_the_cache_does_not_hold(string revision) => Assert.Equal(
        $"org/tiny: offline, so revision '{revision}' must be in the cache; '{hub.Root}' doesn't hold it. Download it once with HF_HUB_OFFLINE unset.",
        await hub.FailAsync(Offline, revision));

    [Fact]
    public async Task A_download_that_was_cut_off_is_not_taken_for_whole()
    {
        hub.Instead = (path, _, _) => path.StartsWith("/blob/model-00002", StringComparison.Ordinal) ? new Answer(403) : null;
        await hub.FailAsync();
        Assert.Equal(Lacks("'merges.txt', 'model-00002-of-00002.safetensors', 'tokenizer.json'"), await hub.FailAsync(Offline, FakeHub.Commit));
        // What is there in full may be used.
        Assert.Equal(hub.Snapshot, await hub.DownloadAsync(Offline with { Patterns = ["config.json"] }, FakeHub.Commit));
    }

    [Fact]
    public async Task A_branch_means_the_last_commit_that_came_in_full()
    {
        await hub.DownloadAsync();
        var next = new string('a', 40);
        hub.Files["tokenizer.json"] = [5];
        hub.Instead = (path, _, _) => path.StartsWith("/api/", StringComparison.Ordinal) ? FakeHub.Json(hub.Listing().With("sha", next)) : null;
        await hub.FailAsync();   // the server gives no files of the next commit
        Assert.Equal(hub.Snapshot, await hub.DownloadAsync(Offline));
    }

    [Fact]
    public async Task A_file_that_was_shortened_counts_as_missing()
    {
        await hub.DownloadAsync();
        File.WriteAllBytes(Path.Combine(hub.Root, "blobs", FakeHub.Sha256([2, 2])), [2]);
        Assert.Equal(Lacks("'model-00002-of-00002.safetensors'"), await hub.FailAsync(Offline));
    }

    [Fact]
    public async Task A_link_without_its_blob_counts_as_missing()
    {
        await hub.DownloadAsync();
        Directory.Delete(Path.Combine(hub.Root, "blobs"), recursive: true);
        Assert.Equal(Lacks("'config.json', 'merges.txt', 'model-00001-of-00002.safetensors' and 2 more"), await hub.FailAsync(Offline));
    }

    [Fact]
    public async Task A_snapshot_that_an_older_python_left_without_a_listing()
    {
        Leave(("config.json", "{}"), ("model.safetensors", "x"));
        Assert.Equal(hub.Snapshot, await hub.DownloadAsync(Offline));
    }

    [Fact]
    public async Task Without_a_listing_the_index_names_the_shards_that_must_be_there()
    {
        Leave(("config.json", "{}"), ("model.safetensors.index.json", Index), ("model-00001-of-00002.safetensors", "x"));
        Assert.Equal(Lacks("'model-00002-of-00002.safetensors'"), await hub.FailAsync(Offline));
        Leave(("model-00002-of-00002.safetensors", "y"));
        Assert.Equal(hub.Snapshot, await hub.DownloadAsync(Offline));
    }

    [Fact]
    public async Task Without_a_listing_there_must_be_weights_where_weights_are_wanted()
    {
        Leave(("config.json", "{}"));
        Assert.Equal(Lacks("'model.safetensors'"), await hub.FailAsync(Offline));
        Assert.Equal(hub.Snapshot, await hub.DownloadAsync(Offline with { Patterns = ["config.json"] }));
        Assert.Equal(Lacks("'x.json', 'y/*'"), await hub.FailAsync(Offline with { Patterns = ["x.json", "y/*"] }));
    }

    [Fact]
    public async Task A_listing_that_python_wrote_is_read()
    {
        Leave(("config.json", "{}"));
        Directory.CreateDirectory(Path.Combine(hub.Root, "trees"));
        // As json.dump(..., indent=1) of huggingface_hub writes it.
        File.WriteAllText(Path.Combine(hub.Root, "trees", FakeHub.Commit + ".json"), """
            {
             "format_version": 1,
             "files": {
              "config.json": {
               "size": 2,
               "blob_id": "9e26dfeeb6e641a33dae4961196235bdb965b21b"
              },
              "model.safetensors": {
               "size": 6,
               "blob_id": "ce013625030ba8dba906f756967f9e9ca394464a",
               "lfs_sha256": "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
               "lfs_size": 6,
               "xet_hash": "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
              }
             }
            }
            """);
        Assert.Equal(Lacks("'model.safetensors'"), await hub.FailAsync(Offline));
        hub.Files["model.safetensors"] = "hello\n"u8.ToArray();
        await hub.DownloadAsync(revision: FakeHub.Commit);   // the missing file only, and no listing
        Assert.Equal(2, hub.Requests.Count());
        Assert.Equal(hub.Snapshot, await hub.DownloadAsync(Offline));
    }

    [Theory]
    [InlineData("../../../../etc")]
    [InlineData("")]
    [InlineData("main")]
    public async Task A_ref_that_is_no_commit(string content)
    {
        Leave(("config.json", "{}"));
        File.WriteAllText(Path.Combine(hub.Root, "refs", "main"), content);
        Assert.StartsWith("org/tiny: offline, so revision 'main' must be in the cache; ", await hub.FailAsync(Offline), StringComparison.Ordinal);
    }

    public void Dispose() => hub.Dispose();

    private string Lacks(string names) =>
        $"org/tiny: offline, so all files must be in the cache; '{hub.Snapshot}' lacks {names}. Download them once with HF_HUB_OFFLINE unset.";

    private void Leave(params (string Name, string Text)[] files)
    {
        Directory.CreateDirectory(hub.Snapshot);
        Directory.CreateDirectory(Path.Combine(hub.Root, "refs"));
        File.WriteAllText(Path.Combine(hub.Root, "refs", "main"), FakeHub.Commit + "\n");
        foreach (var (name, text) in files) File.WriteAllText(Path.Combine(hub.Snapshot, name), text);
    }
}
