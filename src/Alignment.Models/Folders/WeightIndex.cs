using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>model.safetensors.index.json: which shard holds which tensor.</summary>
internal static class WeightIndex
{
    private const int LargestSize = 64 << 20;   // bytes; that of a model with a hundred thousand tensors has about 10 MB

    /// <summary>The name of the shard of each tensor.</summary>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var bytes = BoundedFile.Read(path, LargestSize)
            ?? throw new SafetensorsException($"{path}: must be at most {LargestSize >> 20} MiB.");
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
                throw new SafetensorsException($"{path}: must be an object with a weight_map.");
            return map.EnumerateObject().ToDictionary(entry => entry.Name, entry => ShardName(path, entry));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)   // the latter: an escaped half of a surrogate pair
        {
            throw new SafetensorsException($"{path}: must be JSON without duplicate keys. {e.Message}", e);
        }
    }

    public static void Write(string path, IReadOnlyDictionary<string, string> shards, long totalSize)
    {
        var root = new JsonObject
        {
            ["metadata"] = new JsonObject { ["total_size"] = totalSize },
            ["weight_map"] = new JsonObject(shards.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value))),
        };
        JsonText.Write(path, root);
    }

    private static string ShardName(string path, JsonProperty entry) =>
        entry.Value.ValueKind == JsonValueKind.String
            ? entry.Value.GetString()!
            : throw new SafetensorsException(
                $"{path}: weight_map must give a file name for {SafetensorsException.Quoted(entry.Name)}; gave {entry.Value.ValueKind}.");
}
