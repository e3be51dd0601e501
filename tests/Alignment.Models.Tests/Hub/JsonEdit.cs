using System.Text.Json.Nodes;

namespace Alignment.Models.Tests;

internal static class JsonEdit
{
    /// <summary>The object itself, with another value under a key.</summary>
    public static JsonObject With(this JsonObject json, string key, JsonNode? value)
    {
        json[key] = value;
        return json;
    }
}
