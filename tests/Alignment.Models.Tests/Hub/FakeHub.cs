using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Alignment.Models.Tests;

/// <summary>A hub with one repository, a second server for its large files, an empty cache, and a clock without waits.</summary>
internal sealed class FakeHub : IDisposable
{
    public const string Repository = "org/tiny";
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";
    public const string Token = "hf_secretsecretsecret";

    private readonly ConcurrentDictionary<string, int> counts = [];

    public FakeHub(params (string Name, byte[] Bytes)[] files)
    {
        Files = files.ToDictionary();
        FileServer = new HubServer(asked => Answered(asked, FileNamed(asked.Path["/blob/".Length..], asked.Start)));
        Server = new HubServer(asked => Answered(asked, Hub(asked)));
    }

    public Dictionary<string, byte[]> Files { get; }

    public HubServer Server { get; }

    /// <summary>Where the hub sends those who ask for safetensors.</summary>
    public HubServer FileServer { get; }

    public TemporaryFolder Folder { get; } = new();

    public TestClock Clock { get; init; } = new();

    /// <summary>Gives another answer to the nth request of a path, or null.</summary>
    public Func<string, int, Asked, Answer?>? Instead { get; set; }

    public string Cache => Folder.File("cache");

    public string Root => Path.Combine(Cache, "models--org--tiny");

    public string Snapshot => Path.Combine(Root, "snapshots", Commit);

    public IEnumerable<Asked> Requests => Server.Requests.Concat(FileServer.Requests);

    public ModelHubOptions Options => new(_ => null) { Endpoint = Server.Address, CacheFolder = Cache, Timeout = TestClock.Long, Connections = 1 };

    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>What git hash-object says.</summary>
    public static string BlobId(byte[] bytes) => Convert.ToHexStringLower(CryptographicOperations.HashData(
        HashAlgorithmName.SHA1, [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {bytes.Length}\0")), .. bytes]));

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static bool IsLarge(string name) => name.EndsWith(".safetensors", StringComparison.Ordinal);

    public static JsonObject Entry(string name, byte[] bytes) => IsLarge(name)
        ? new JsonObject
        {
            ["rfilename"] = name,
            ["size"] = bytes.Length,
            ["blobId"] = BlobId(bytes),
            ["lfs"] = new JsonObject { ["sha256"] = Sha256(bytes), ["size"] = bytes.Length, ["pointerSize"] = 134 },
        }
        : new JsonObject { ["rfilename"] = name, ["size"] = bytes.Length, ["blobId"] = BlobId(bytes) };

    public JsonObject Listing() => new()
    {
        ["id"] = Repository,
        ["sha"] = Commit,
        ["siblings"] = new JsonArray([.. Files.Select(file => Entry(file.Key, file.Value))]),
    };

    public static Answer Json(JsonNode json) => new() { Body = Encoding.UTF8.GetBytes(json.ToJsonString()) };

    public async Task<string> DownloadAsync(
        ModelHubOptions? options = null, string revision = "main", IProgress<DownloadProgress>? progress = null, CancellationToken token = default)
    {
        using var hub = new ModelHub(options ?? Options, time: Clock);
        return await hub.DownloadAsync(Repository, revision, progress, token);
    }

    /// <summary>The message of the error with which a download ends.</summary>
    public async Task<string> FailAsync(ModelHubOptions? options = null, string revision = "main") =>
        (await Assert.ThrowsAsync<ModelHubException>(() => DownloadAsync(options, revision))).Message;

    public void Dispose()
    {
        Server.Dispose();
        FileServer.Dispose();
        Folder.Dispose();
    }

    private Answer Answered(Asked asked, Answer usual) =>
        Instead?.Invoke(asked.Path, counts.AddOrUpdate(asked.Path, 1, (_, count) => count + 1), asked) ?? usual;

    private Answer Hub(Asked asked)
    {
        if (asked.Path.StartsWith($"/api/models/{Repository}/revision/", StringComparison.Ordinal)) return Json(Listing());
        var prefix = $"/{Repository}/resolve/{Commit}/";
        if (!asked.Path.StartsWith(prefix, StringComparison.Ordinal)) return new Answer(404);
        var name = Uri.UnescapeDataString(asked.Path[prefix.Length..]);
        return IsLarge(name) ? Answer.Redirect($"{FileServer.Address}blob/{name}?signature=hidden") : FileNamed(name, asked.Start);
    }

    private Answer FileNamed(string name, int start) =>
        Files.TryGetValue(name.Split('?')[0], out var bytes) ? Answer.Part(bytes, start) : new Answer(404);
}
