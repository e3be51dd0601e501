using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>config.json on the disk.</summary>
internal static class ConfigFile
{
    private const int LargestSize = 16 << 20;   // bytes; published files have up to a few hundred thousand, most of them label names

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public static DecoderConfig Read(string path)
    {
        var bytes = BoundedFile.Read(path, LargestSize)
            ?? throw new ModelFormatException($"{path}: must be at most {LargestSize >> 20} MiB.");
        return Parse(Encoding.UTF8.GetString(bytes.Span), path);
    }

    public static DecoderConfig Parse(string text, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ModelFormatException($"{file}: must be a JSON object.");
            var root = new ConfigObject(file, document.RootElement);
            return ModelFamily.Of(root).Read(root).RequireConsistent() with { Source = text };
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

    /// <summary>The file that was read, with the values of the configuration where they differ; a new one where none was.</summary>
    private static JsonObject Text(DecoderConfig config)
    {
        var root = config.RequireConsistent().Source is { } source ? JsonNode.Parse(source, documentOptions: Options)!.AsObject() : [];
        if (config.Source is null || Parse(config.Source, "config") != config)
            ModelFamily.Of(config.ModelType).Write(config, root);
        return root;
    }
}
