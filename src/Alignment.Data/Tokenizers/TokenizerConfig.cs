using System.Text.Json;

namespace Alignment.Data;

/// <summary>What the files beside a tokenizer's own say of it.</summary>
/// <param name="Begin">The token that begins a sequence, or null where none is named.</param>
/// <param name="End">The token that ends a sequence, or null.</param>
/// <param name="Pad">The token that fills a batch, or null.</param>
internal sealed record TokenizerConfig(string? Begin, string? End, string? Pad)
{
    public static TokenizerConfig None { get; } = new(null, null, null);

    /// <summary>Whether Begin comes before every text; null: as the template has it.</summary>
    public bool? AddsBegin { get; init; }

    /// <summary>Whether End comes after every text; null: as the template has it.</summary>
    public bool? AddsEnd { get; init; }

    /// <summary>Tokens that a tokenizer.model lacks.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>Reads tokenizer_config.json and, for what it leaves open, special_tokens_map.json; both may be missing.</summary>
    public static TokenizerConfig Read(string folder)
        => ReadFile(Path.Combine(folder, "tokenizer_config.json")).Or(ReadFile(Path.Combine(folder, "special_tokens_map.json")));

    /// <summary>This, and what it leaves open from another.</summary>
    public TokenizerConfig Or(TokenizerConfig other)
        => this with { Begin = Begin ?? other.Begin, End = End ?? other.End, Pad = Pad ?? other.Pad };

    private static TokenizerConfig ReadFile(string path) => !File.Exists(path) ? None : JsonFile.Read(path, static root => new TokenizerConfig(
        Content(root["bos_token"]), Content(root["eos_token"]), Content(root["pad_token"]))
        {
            AddsBegin = Flag(root["add_bos_token"]),
            AddsEnd = Flag(root["add_eos_token"]),
            AddedTokens = AddedToken.ReadConfig(root["added_tokens_decoder"]),
        });

    // "</s>" or { "content": "</s>", ... }
    private static string? Content(JsonValue token)
        => token.IsNull ? null : token.Element.ValueKind == JsonValueKind.String ? token.Text() : token["content"].Text();

    private static bool? Flag(JsonValue value) => value.IsNull ? null : value.Flag(otherwise: false);
}
