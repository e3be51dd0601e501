using System.Text.Json;

namespace Alignment.Data;

/// <summary>The tokens that the files beside a tokenizer.json name for beginning, end and padding; null where they name none.</summary>
internal sealed record TokenizerConfig(string? Begin, string? End, string? Pad)
{
    public static TokenizerConfig None { get; } = new(null, null, null);

    /// <summary>Reads tokenizer_config.json and, for what it leaves open, special_tokens_map.json; both may be missing.</summary>
    public static TokenizerConfig Read(string folder)
    {
        var config = ReadFile(Path.Combine(folder, "tokenizer_config.json"));
        var map = ReadFile(Path.Combine(folder, "special_tokens_map.json"));
        return new TokenizerConfig(config.Begin ?? map.Begin, config.End ?? map.End, config.Pad ?? map.Pad);
    }

    private static TokenizerConfig ReadFile(string path) => !File.Exists(path)
        ? None
        : JsonFile.Read(path, root => new TokenizerConfig(
            Content(root["bos_token"]), Content(root["eos_token"]), Content(root["pad_token"])));

    // "</s>" or { "content": "</s>", ... }
    private static string? Content(JsonValue token)
        => token.IsNull ? null : token.Element.ValueKind == JsonValueKind.String ? token.Text() : token["content"].Text();
}
