using System.Globalization;
using System.Text.Json;

namespace Alignment.Models;

/// <summary>generation_config.json, where a model folder says how its responses end.</summary>
public static class GenerationConfigFile
{
    private const string Name = "generation_config.json";
    private const int LargestSize = 16 << 20;   // bytes, as for config.json

    /// <summary>The tokens that end a response: chat models often name the end of a turn besides the end of a text.</summary>
    /// <param name="folder">A model folder; where it has no generation_config.json, its config.json is read, as transformers does.</param>
    /// <returns>The ids under <c>eos_token_id</c>, each once; none where neither file names any.</returns>
    /// <exception cref="ModelFormatException">The file is malformed, or holds what can't be a token id.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static IReadOnlyList<int> StopIds(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string[] paths = [Path.Combine(folder, Name), Path.Combine(folder, ModelFileNames.Config)];
        return Array.Find(paths, File.Exists) is { } path ? Read(path) : [];
    }

    private static int[] Read(string path)
    {
        var bytes = BoundedFile.Read(path, LargestSize) ?? throw new ModelFormatException($"{path}: must be at most {LargestSize >> 20} MiB.");
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new ModelFormatException($"{path}: must be a JSON object.");
            return document.RootElement.TryGetProperty("eos_token_id", out var ids) ? Ids(path, ids) : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)   // the latter: an escaped half of a surrogate pair
        {
            throw new ModelFormatException($"{path}: must be JSON without duplicate keys, at most 32 levels deep. {e.Message}", e);
        }
    }

    private static int[] Ids(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array => [.. value.EnumerateArray().Select(item => Id(path, item)).Distinct()],
        _ => [Id(path, value)],
    };

    private static int Id(string path, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) && id >= 0 && id < Limits.Vocabulary
            ? id
            : throw new ModelFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: eos_token_id must be a token id from 0 to {Limits.Vocabulary - 1} or an array of them; held {SafetensorsException.Quoted(value.GetRawText())}."));
}
