using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>model.safetensors.index.json: which shard holds which tensor.</summary>
internal static class WeightIndex
{
    private const int LargestSize = 32 << 20;   // bytes; that of a model with a hundred thousand tensors has about 10 MB
    private const int MostTensors = 300_000;

    /// <summary>The name of the shard of each tensor.</summary>
    public static IReadOnlyDictionary<string, string> Read(string path) =>
        Parse((BoundedFile.Read(path, LargestSize) ?? throw new SafetensorsException($"{path}: must be at most {LargestSize >> 20} MiB.")).Span, path);

    public static IReadOnlyDictionary<string, string> Parse(ReadOnlySpan<byte> text, string path)
    {
        try
        {
            var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 8 });
            return ReadRoot(ref json, path) ?? throw new SafetensorsException($"{path}: must be an object with a weight_map.");
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

    // Token by token: a document of a hostile file would take ten times its size.
    private static Dictionary<string, string>? ReadRoot(ref Utf8JsonReader json, string path)
    {
        Dictionary<string, string>? shards = null;
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) return null;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var isMap = json.ValueTextEquals("weight_map"u8);
            json.Read();
            if (!isMap)
            {
                json.Skip();
                continue;
            }
            if (shards is not null) throw new JsonException("'weight_map' stands there twice.");
            if (json.TokenType != JsonTokenType.StartObject) return null;
            shards = ReadMap(ref json, path);
        }
        json.Read();   // throws where anything but white space follows
        return shards;
    }

    private static Dictionary<string, string> ReadMap(ref Utf8JsonReader json, string path)
    {
        var shards = new Dictionary<string, string>();
        var shard = "";
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = json.GetString()!;
            json.Read();
            if (json.TokenType != JsonTokenType.String)
                throw new SafetensorsException($"{path}: weight_map must give a file name for {SafetensorsException.Quoted(name)}; gave {json.TokenType}.");
            if (!json.ValueTextEquals(shard)) shard = json.GetString()!;   // most tensors are in the shard of the one before
            if (!shards.TryAdd(name, shard)) throw new JsonException($"{SafetensorsException.Quoted(name)} stands there twice.");
            if (shards.Count > MostTensors)
                throw new SafetensorsException(string.Create(CultureInfo.InvariantCulture, $"{path}: must name at most {MostTensors} tensors."));
        }
        return shards;
    }
}
