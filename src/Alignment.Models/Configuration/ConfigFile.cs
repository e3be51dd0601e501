using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>config.json on the disk.</summary>
internal static class ConfigFile
{
    private const int LargestSize = 2 << 20;   // bytes; published files have up to a few hundred thousand, most of them label names

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public static DecoderConfig Read(string path)
    {
        var bytes = BoundedFile.Read(path, LargestSize)
            ?? throw new ModelFormatException($"{path}: must be at most {LargestSize >> 20} MiB.");
        return Parse(Encoding.UTF8.GetString(bytes.Span), path, Path.GetDirectoryName(Path.GetFullPath(path)));
    }

    public static DecoderConfig Parse(string text, string file, string? folder = null)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ModelFormatException($"{file}: must be a JSON object.");
            var root = new ConfigObject(file, document.RootElement);
            var family = ModelFamilies.Of(root);
            return family.Keys.Read(root, family).RequireConsistent() with { HasScoreHead = ScoreKeys.Read(root, family), Source = new ConfigSource(text, folder) };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)   // the latter: an escaped half of a surrogate pair
        {
            throw new ModelFormatException($"{file}: must be JSON without duplicate keys, at most {Options.MaxDepth} levels deep. {e.Message}", e);
        }
        catch (ArgumentException e)
        {
            throw new ModelFormatException($"{file}: {e.Message}", e);
        }
    }

    public static void Write(string path, DecoderConfig config) => JsonText.Write(path, Text(config));

    /// <summary>The file that was read, changed only where the configuration differs from it; a new one where none was.</summary>
    private static JsonObject Text(DecoderConfig config)
    {
        var family = ModelFamilies.Of(config.RequireConsistent().ModelType);
        var (root, read) = config.Source is { } source
            ? (JsonNode.Parse(source.Text, documentOptions: Options)!.AsObject(), Parse(source.Text, ModelFileNames.Config, source.Folder))
            : ([], null);
        if (read is null) WriteNew(family, root);
        if (config.HasScoreHead != read?.HasScoreHead) ScoreKeys.Write(config, family, root);
        if (read is null || SizesOf(read, config) != config) family.Keys.Write(config, family, root);
        if (family.HasRotaryPositions && (config.Rope, config.LocalRope) != (read?.Rope, read?.LocalRope)) RopeKeys.Write(config, root);
        if (config.DataType != read?.DataType) DataTypeKeys.Write(config.DataType, root);
        // Left out, transformers would take numbers of its own for them, which need not be what they are in this vocabulary.
        if (read is null) foreach (var key in (string[])["bos_token_id", "eos_token_id", "pad_token_id"]) root[key] = null;
        return root;
    }

    // What has keys written elsewhere is taken from the new configuration; Source never differs.
    private static DecoderConfig SizesOf(DecoderConfig read, DecoderConfig config) => read with
    {
        Rope = config.Rope,
        LocalRope = config.LocalRope,
        DataType = config.DataType,
        HasScoreHead = config.HasScoreHead,
    };

    private static void WriteNew(ModelFamily family, JsonObject root)
    {
        root["architectures"] = new JsonArray();
        root["model_type"] = family.ModelType;
    }
}
