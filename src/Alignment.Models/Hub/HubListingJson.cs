using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>The two texts of a listing: the answer of the hub, and trees/[commit].json of the cache, in the form of huggingface_hub.</summary>
internal static class HubListingJson
{
    private const int Version = 1;               // format_version of huggingface_hub's trees
    private const long MostBytes = 1L << 53;     // of all files together

    public static HubListing ReadAnswer(ReadOnlyMemory<byte> json, string source) => Read(json, source, root =>
    {
        var commit = Text(root, "sha");
        if (commit is null || !HubNames.IsCommit(commit)) throw Wrong(source, "sha must be a commit of 40 hexadecimal digits");
        if (Member(root, "siblings") is not { ValueKind: JsonValueKind.Array } siblings)
            throw Wrong(source, "siblings must be an array of files");
        return new HubListing(commit, Files(siblings.EnumerateArray().Select(entry => AnswerFile(entry, source)), source));
    });

    public static HubListing ReadTree(ReadOnlyMemory<byte> json, string commit, string source) => Read(json, source, root =>
    {
        if (Number(root, "format_version") != Version) throw Wrong(source, "format_version must be 1");
        if (Member(root, "files") is not { ValueKind: JsonValueKind.Object } files) throw Wrong(source, "files must be an object");
        return new HubListing(commit, Files(files.EnumerateObject().Select(entry => Checked(
            entry.Name, Number(entry.Value, "lfs_size") ?? Number(entry.Value, "size"),
            Text(entry.Value, "blob_id"), Text(entry.Value, "lfs_sha256"), source)), source));
    });

    public static void WriteTree(HubListing listing, string path)
    {
        var files = new JsonObject();
        foreach (var file in listing.Files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            var entry = new JsonObject { ["size"] = file.Size, ["blob_id"] = file.BlobId };
            if (file.Sha256 is not null)
            {
                entry["lfs_sha256"] = file.Sha256;
                entry["lfs_size"] = file.Size;
            }
            files[file.Name] = entry;
        }
        JsonText.Write(path, new JsonObject { ["format_version"] = Version, ["files"] = files });
    }

    private static HubListing Read(ReadOnlyMemory<byte> json, string source, Func<JsonElement, HubListing> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)   // the latter: an escaped half of a surrogate pair
        {
            throw new ModelHubException($"{source}: must be JSON. {e.Message}", e);
        }
    }

    private static HubFile AnswerFile(JsonElement entry, string source)
    {
        var lfs = Member(entry, "lfs");
        var (name, size, blobId) = (Text(entry, "rfilename"), Number(entry, "size"), Text(entry, "blobId"));
        return lfs is { ValueKind: JsonValueKind.Object } large
            ? Checked(name, Number(large, "size") ?? size, blobId, Text(large, "sha256") ?? "", source)
            : Checked(name, size, blobId, null, source);
    }

    private static HubFile Checked(string? name, long? size, string? blobId, string? sha256, string source)
    {
        if (string.IsNullOrEmpty(name)) throw Wrong(source, "each file must have a name");
        var quoted = SafetensorsException.Quoted(name);
        if (size is not (>= 0 and <= MostBytes)) throw Wrong(source, $"{quoted} must have a size from 0 to {MostBytes}");
        if (blobId is null || !HubNames.IsHash(blobId, 40)) throw Wrong(source, $"{quoted} must have a blob id of 40 hexadecimal digits");
        if (sha256 is not null && !HubNames.IsHash(sha256, 64)) throw Wrong(source, $"{quoted} must have a SHA-256 of 64 hexadecimal digits");
        return new HubFile(name, size.Value, blobId, sha256);
    }

    private static List<HubFile> Files(IEnumerable<HubFile> entries, string source)
    {
        var files = new List<HubFile>();
        var names = new HashSet<string>();
        var total = 0L;
        foreach (var file in entries)
        {
            if (!names.Add(file.Name)) throw Wrong(source, $"{SafetensorsException.Quoted(file.Name)} must be listed once");
            if ((total += file.Size) > MostBytes) throw Wrong(source, $"all files together must have at most {MostBytes} bytes");
            files.Add(file);
        }
        return files;
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static long? Number(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    private static ModelHubException Wrong(string source, string rule) => new($"{source}: {rule}.");
}
