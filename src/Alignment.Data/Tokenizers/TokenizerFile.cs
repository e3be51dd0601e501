using System.Text.Json;
using System.Text.RegularExpressions;

namespace Alignment.Data;

/// <summary>What a tokenizer.json of the byte-level BPE kind says, checked.</summary>
internal sealed record TokenizerFile
{
    public const int LargestId = (1 << 24) - 1;

    private const string Bpe = "\"BPE\" (byte level)";

    /// <summary>Where it was read from.</summary>
    public required string Path { get; init; }

    /// <summary>Id by token, spelled in byte symbols; ids are unique.</summary>
    public required IReadOnlyDictionary<string, int> Vocabulary { get; init; }

    /// <summary>"a b", the best first; a, b and ab are in the vocabulary.</summary>
    public required IReadOnlyList<string> Merges { get; init; }

    /// <summary>Stands for bytes that the vocabulary lacks.</summary>
    public required string? UnknownToken { get; init; }

    /// <summary>Whether neighbouring unknown bytes are one token.</summary>
    public required bool FusesUnknown { get; init; }

    /// <summary>Whether a piece that is a token stays whole, whatever the merges say.</summary>
    public required bool IgnoresMerges { get; init; }

    /// <summary>Whether text is brought to normalization form C.</summary>
    public required bool Composes { get; init; }

    /// <summary>The expressions that cut the text.</summary>
    public required IReadOnlyList<Regex> Splits { get; init; }

    /// <summary>Tokens found before byte pair encoding.</summary>
    public required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    public static TokenizerFile Read(string path) => JsonFile.Read(path, Read);

    private static TokenizerFile Read(JsonValue root)
    {
        var model = root["model"];
        ThrowIfUnsupported(model);
        var vocabulary = ReadVocabulary(model["vocab"]);
        return new TokenizerFile
        {
            Path = root.File,
            Vocabulary = vocabulary,
            Merges = ReadMerges(model["merges"], vocabulary),
            UnknownToken = ReadUnknownToken(model["unk_token"], vocabulary),
            FusesUnknown = model["fuse_unk"].Flag(otherwise: false),
            IgnoresMerges = model["ignore_merges"].Flag(otherwise: false),
            Composes = ReadNormalizer(root["normalizer"]),
            Splits = PreTokenizerReader.Read(root["pre_tokenizer"]),
            AddedTokens = AddedToken.ReadAll(root["added_tokens"], vocabulary),
        };
    }

    // The oldest files of GPT-2 name no type.
    private static void ThrowIfUnsupported(JsonValue model)
    {
        var type = model["type"];
        if (type.IsNull ? model["merges"].IsNull : type.Text() != "BPE")
            throw type.Unsupported(Bpe);
        if (model["byte_fallback"].Flag(otherwise: false))
            throw model["byte_fallback"].Unsupported("false");
        if (model["dropout"] is { IsNull: false } dropout && dropout.Element.GetRawText() is not ("0" or "0.0"))
            throw dropout.Unsupported("null");
        foreach (var affix in new[] { model["continuing_subword_prefix"], model["end_of_word_suffix"] })
        {
            if (!affix.IsNull && affix.Text().Length > 0)
                throw affix.Unsupported("null");
        }
    }

    private static Dictionary<string, int> ReadVocabulary(JsonValue value)
    {
        if (value.Element.ValueKind != JsonValueKind.Object)
            throw value.Invalid("an object of token ids");

        var vocabulary = new Dictionary<string, int>();
        var ids = new HashSet<int>();
        foreach (var token in value.Element.EnumerateObject())
        {
            // Only a wrong entry spells out its key: a vocabulary has hundreds of thousands.
            if (!JsonValue.IsTokenId(token.Value, out var id))
                id = value.Member(token.Name, token.Value).TokenId();
            if (!ids.Add(id))
                throw value.Member(token.Name, token.Value).Invalid("an id that no other token has");
            vocabulary.Add(token.Name, id);
        }

        return vocabulary.Count > 0 ? vocabulary : throw value.Invalid("an object of at least one token");
    }

    private static List<string> ReadMerges(JsonValue value, Dictionary<string, int> vocabulary)
    {
        var merges = new List<string>();
        var seen = new HashSet<string>();
        foreach (var item in value.Items())
        {
            var pair = item.Element.ValueKind == JsonValueKind.Array
                ? [.. item.Items().Select(token => token.Text())]
                : item.Text().Split(' ');
            if (pair.Length != 2 || pair.Any(token => token.Length == 0 || token.Contains(' ')))
                throw item.Invalid("two tokens without spaces, as \"a b\" or [\"a\", \"b\"]");
            if (!vocabulary.ContainsKey(pair[0]) || !vocabulary.ContainsKey(pair[1]) || !vocabulary.ContainsKey(pair[0] + pair[1]))
            {
                throw item.Invalid(
                    $"two tokens that model.vocab holds, as well as both joined; one is missing for '{pair[0]}' and '{pair[1]}'");
            }

            var merge = $"{pair[0]} {pair[1]}";
            if (!seen.Add(merge))
                throw item.Invalid($"a pair that no merge before it has; '{merge}' came twice");
            merges.Add(merge);
        }

        return merges;
    }

    private static string? ReadUnknownToken(JsonValue value, Dictionary<string, int> vocabulary)
        => value.IsNull ? null : vocabulary.ContainsKey(value.Text()) ? value.Text() : throw value.Invalid("a token of model.vocab");

    private static bool ReadNormalizer(JsonValue value)
    {
        if (value.IsNull)
            return false;
        var type = value["type"];
        return type.Text() switch
        {
            "NFC" => true,
            "Sequence" => value["normalizers"].Items().Select(ReadNormalizer).ToArray().Contains(true),
            _ => throw type.Unsupported("\"NFC\", a \"Sequence\" of it, or no normalizer"),
        };
    }
}
