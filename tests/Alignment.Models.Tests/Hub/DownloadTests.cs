using System.Text;
using System.Text.Json.Nodes;

namespace Alignment.Models.Tests;

/// <summary>What a download that goes well leaves in the cache, and which requests it takes.</summary>
public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] Config = "{}\n"u8.ToArray();
    private static readonly byte[] Weights = FakeHub.Bytes(300_000);

    private readonly FakeHub hub = new(
        ("config.json", Config), ("model.safetensors", Weights), ("pytorch_model.bin", [1]), ("README.md", [2]), ("original/model.safetensors", [3]),
        ("consolidated.safetensors", [4]));

    [Fact]
    public async Task Files_of_a_model_and_no_others_come_into_the_snapshot()
    {
        var folder = await hub.DownloadAsync();
        Assert.Equal(hub.Snapshot, folder);
        Assert.Equal(["config.json", "model.safetensors"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order());
        Assert.Equal(Config, File.ReadAllBytes(Path.Combine(folder, "config.json")));
        Assert.Equal(Weights, File.ReadAllBytes(Path.Combine(folder, "model.safetensors")));
        Assert.Equal(
            [
                "/api/models/org/tiny/revision/main?blobs=true", $"/org/tiny/resolve/{FakeHub.Commit}/config.json",
                $"/org/tiny/resolve/{FakeHub.Commit}/model.safetensors", "/blob/model.safetensors?signature=hidden",
            ],
            hub.Requests.Select(asked => asked.Path));
    }

    [Fact]
    public async Task The_cache_is_laid_out_as_by_huggingface_hub()
    {
        await hub.DownloadAsync();
        Assert.Equal(
            [FakeHub.BlobId(Config), FakeHub.Sha256(Weights)],
            Directory.GetFiles(Path.Combine(hub.Root, "blobs")).Select(Path.GetFileName).OrderBy(name => name!.Length));
        Assert.Equal($"../../blobs/{FakeHub.BlobId(Config)}", new FileInfo(Path.Combine(hub.Snapshot, "config.json")).LinkTarget);
        Assert.Equal(FakeHub.Commit, File.ReadAllText(Path.Combine(hub.Root, "refs", "main")));
        var tree = JsonNode.Parse(File.ReadAllText(Path.Combine(hub.Root, "trees", FakeHub.Commit + ".json")))!;
        Assert.Equal(1, tree["format_version"]!.GetValue<int>());
        Assert.Equal(6, tree["files"]!.AsObject().Count);   // those that nobody wanted too: Python takes it for the whole listing
        var expected = new JsonObject
        {
            ["size"] = Weights.Length,
            ["blob_id"] = FakeHub.BlobId(Weights),
            ["lfs_sha256"] = FakeHub.Sha256(Weights),
            ["lfs_size"] = Weights.Length,
        };
        Assert.True(JsonNode.DeepEquals(expected, tree["files"]!["model.safetensors"]));
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["size"] = 3, ["blob_id"] = FakeHub.BlobId(Config) }, tree["files"]!["config.json"]));
    }

    [Fact]
    public async Task A_second_download_asks_for_the_commit_only()
    {
        await hub.DownloadAsync();
        var before = hub.Requests.Count();
        await hub.DownloadAsync();
        Assert.Equal(before + 1, hub.Requests.Count());
    }

    [Fact]
    public async Task A_commit_that_is_complete_needs_no_request()
    {
        await hub.DownloadAsync(revision: FakeHub.Commit);
        var before = hub.Requests.Count();
        Assert.Equal(hub.Snapshot, await hub.DownloadAsync(revision: FakeHub.Commit));
        Assert.Equal(before, hub.Requests.Count());
        Assert.False(Directory.Exists(Path.Combine(hub.Root, "refs")));
    }

    [Fact]
    public async Task A_commit_whose_listing_is_here_needs_requests_for_the_missing_files_only()
    {
        await hub.DownloadAsync(revision: FakeHub.Commit);
        var before = hub.Requests.Count();
        File.Delete(Path.Combine(hub.Snapshot, "config.json"));
        File.Delete(Path.Combine(hub.Root, "blobs", FakeHub.BlobId(Config)));
        await hub.DownloadAsync(revision: FakeHub.Commit);
        Assert.Equal([$"/org/tiny/resolve/{FakeHub.Commit}/config.json"], hub.Server.Requests.Skip(before - 1).Select(asked => asked.Path));
    }

    [Fact]
    public async Task A_listing_that_is_damaged_is_fetched_anew()
    {
        await hub.DownloadAsync(revision: FakeHub.Commit);
        var tree = Path.Combine(hub.Root, "trees", FakeHub.Commit + ".json");
        var whole = File.ReadAllText(tree);
        File.WriteAllText(tree, "{");
        await hub.DownloadAsync(revision: FakeHub.Commit);
        Assert.Equal(whole, File.ReadAllText(tree));
    }

    [Fact]
    public async Task A_blob_of_another_revision_is_linked_and_not_fetched()
    {
        await hub.DownloadAsync();
        var before = hub.FileServer.Requests.Count;
        Directory.Delete(hub.Snapshot, recursive: true);
        await hub.DownloadAsync();
        Assert.Equal(before, hub.FileServer.Requests.Count);
        Assert.Equal(Weights, File.ReadAllBytes(Path.Combine(hub.Snapshot, "model.safetensors")));
    }

    [Fact]
    public async Task Two_names_of_the_same_bytes_are_one_blob_and_one_request()
    {
        hub.Files["tokenizer.json"] = hub.Files["vocab.json"] = FakeHub.Bytes(200_000, seed: 3);
        await hub.DownloadAsync(hub.Options with { Connections = 4 });
        Assert.Equal(hub.Files["vocab.json"], File.ReadAllBytes(Path.Combine(hub.Snapshot, "tokenizer.json")));
        Assert.Equal(hub.Files["vocab.json"], File.ReadAllBytes(Path.Combine(hub.Snapshot, "vocab.json")));
        string[] both = ["vocab.json", "tokenizer.json"];
        Assert.Single(hub.Requests, asked => both.Contains(asked.Path.Split('/')[^1]));
    }

    [Fact]
    public async Task A_blob_that_somebody_shortened_is_fetched_again()
    {
        await hub.DownloadAsync();
        File.WriteAllBytes(Path.Combine(hub.Root, "blobs", FakeHub.Sha256(Weights)), Weights[..10]);
        await hub.DownloadAsync();
        Assert.Equal(Weights, File.ReadAllBytes(Path.Combine(hub.Snapshot, "model.safetensors")));
    }

    [Fact]
    public async Task Patterns_choose_the_files_and_subfolders_are_links_too()
    {
        await hub.DownloadAsync(hub.Options with { Patterns = ["*/model.*", "*.md"] });
        Assert.Equal([3], File.ReadAllBytes(Path.Combine(hub.Snapshot, "original", "model.safetensors")));
        Assert.Equal($"../../../blobs/{FakeHub.Sha256([3])}", new FileInfo(Path.Combine(hub.Snapshot, "original", "model.safetensors")).LinkTarget);
        Assert.Equal([2], File.ReadAllBytes(Path.Combine(hub.Snapshot, "README.md")));
        Assert.False(File.Exists(Path.Combine(hub.Snapshot, "config.json")));
    }

    [Fact]
    public async Task A_revision_with_slashes_is_escaped_in_the_address_and_a_path_below_refs()
    {
        await hub.DownloadAsync(revision: "refs/pr/1");
        Assert.Equal("/api/models/org/tiny/revision/refs%2Fpr%2F1?blobs=true", hub.Server.Requests[0].Path);
        Assert.Equal(FakeHub.Commit, File.ReadAllText(Path.Combine(hub.Root, "refs", "refs", "pr", "1")));
    }

    [Fact]
    public async Task A_name_is_escaped_in_the_address()
    {
        hub.Files["a #%41é.json"] = [7];
        await hub.DownloadAsync(hub.Options with { Patterns = ["a*"] });
        Assert.EndsWith("/a%20%23%2541%C3%A9.json", hub.Server.Requests[^1].Path, StringComparison.Ordinal);
        Assert.Equal([7], File.ReadAllBytes(Path.Combine(hub.Snapshot, "a #%41é.json")));
    }

    [Fact]
    public async Task An_empty_file_needs_no_request()
    {
        hub.Files["merges.txt"] = [];
        await hub.DownloadAsync();
        Assert.Empty(File.ReadAllBytes(Path.Combine(hub.Snapshot, "merges.txt")));
        Assert.DoesNotContain(hub.Requests, asked => asked.Path.EndsWith("merges.txt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_system_has_no_links_the_file_itself_is_moved()
    {
        await hub.DownloadAsync();
        var cache = new HubCache(hub.Cache, FakeHub.Repository, (_, _) => throw new UnauthorizedAccessException("no links"));
        var file = cache.ReadListing(FakeHub.Commit)!.Files.First(file => file.Name == "config.json");
        File.Delete(Path.Combine(hub.Snapshot, "config.json"));
        cache.Place(FakeHub.Commit, file);
        Assert.Null(new FileInfo(Path.Combine(hub.Snapshot, "config.json")).LinkTarget);
        var before = hub.Requests.Count();
        Assert.Equal(Config, File.ReadAllBytes(Path.Combine(await hub.DownloadAsync(revision: FakeHub.Commit), "config.json")));
        Assert.Equal(before, hub.Requests.Count());
    }

    [Fact]
    public void Hashes_are_those_of_git_and_of_sha256sum()
    {
        // printf 'hello\n' | git hash-object --stdin; printf 'hello\n' | sha256sum
        Assert.Equal("ce013625030ba8dba906f756967f9e9ca394464a", HashOfHello(null));
        Assert.Equal("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03", HashOfHello("any"));
    }

    public void Dispose() => hub.Dispose();

    private static string HashOfHello(string? sha256)
    {
        using var hash = new HubFile("hello", 6, "any", sha256).StartHash();
        hash.AppendData(Encoding.ASCII.GetBytes("hello\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
