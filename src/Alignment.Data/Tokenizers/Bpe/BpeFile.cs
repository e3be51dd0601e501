using System.Text.Json;

namespace Alignment.Data;

/// <summary>What a tokenizer.json says under model, checked: byte pair encoding.</summary>
internal sealed record BpeFile
{
    /// <summary>Where it was read from.</summary>
    public required string Path { get; init; }

    /// <summary>Id by token as the file spells it; ids are unique.</summary>
    public required Dictionary<string, int> Vocabulary { get; init; }

    /// <summary>The best first; both and both joined are in the vocabulary.</summary>
    public required IReadOnlyList<(string Left, string Right)> Merges { get; init; }

    /// <summary>Stands for what the vocabulary lacks.</summary>
    public required string? UnknownToken { get; init; }

    /// <summary>Whether neighbouring unknowns are one token.</summary>
    public required bool FusesUnknown { get; init; }

    /// <summary>Whether a character outside the vocabulary becomes tokens such as &lt;0x0A&gt;.</summary>
    public required bool FallsBackToBytes { get; init; }

    /// <summary>Whether a piece that is a token stays whole, whatever the merges say.</summary>
    public required bool IgnoresMerges { get; init; }

    /// <summary>The length of the longest token.</summary>
    public required int LongestToken { get; init; }

    /// <summary>Cuts a text where the ids of its parts are those of the whole, or null where nothing is known of that.</summary>
    public BorderSplit? Borders()
    {
        // A byte or an unknown that merges is not the text that it is spelled as, and unknowns may fuse across a border.
        var neverUnknown = FallsBackToBytes && ByteSymbols.AllBytes.All(value => Vocabulary.ContainsKey(ByteTokens.Of(value)));
        if (IgnoresMerges || (FusesUnknown && !neverUnknown) || Merges.Any(merge => IsNoText(merge.Left) || IsNoText(merge.Right)))
            return null;
        return new BorderSplit(Merges.Select(merge => merge.Left + merge.Right));

        bool IsNoText(string token) => token == UnknownToken || ByteTokens.TryRead(token, out _);
    }

    public static BpeFile Read(JsonValue model)
    {
        ThrowIfUnsupported(model);
        var vocabulary = ReadVocabulary(model["vocab"]);
        return new BpeFile
        {
            Path = model.File,
            Vocabulary = vocabulary,
            Merges = ReadMerges(model["merges"], vocabulary),
            UnknownToken = ReadUnknownToken(model["unk_token"], vocabulary),
            FusesUnknown = model["fuse_unk"].Flag(otherwise: false),
            FallsBackToBytes = model["byte_fallback"].Flag(otherwise: false),
            IgnoresMerges = model["ignore_merges"].Flag(otherwise: false),
            LongestToken = vocabulary.Keys.Max(token => token.Length),
        };
    }

    // The oldest files of GPT-2 name no type.
    private static void ThrowIfUnsupported(JsonValue model)
    {
        var type = model["type"];
        if (type.IsNull ? model["merges"].IsNull : type.Text() != "BPE")
            throw type.Unsupported("\"BPE\"");
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

    private static List<(string, string)> ReadMerges(JsonValue value, Dictionary<string, int> vocabulary)
    {
        var merges = new List<(string, string)>();
        var seen = new HashSet<(string, string)>();
        foreach (var item in value.Elements())
        {
            var (left, right) = ReadPair(item) ?? throw Item(merges.Count).Invalid("two tokens without spaces, as \"a b\" or [\"a\", \"b\"]");
            if (!vocabulary.ContainsKey(left) || !vocabulary.ContainsKey(right) || !vocabulary.ContainsKey(left + right))
            {
                throw Item(merges.Count).Invalid(
                    $"two tokens that model.vocab holds, as well as both joined; one is missing for '{left}' and '{right}'");
            }

            if (!seen.Add((left, right)))
                throw Item(merges.Count).Invalid($"a pair that no merge before it has; '{left} {right}' came twice");
            merges.Add((left, right));
        }

        return merges;

        // Only a wrong entry spells out its key.
        JsonValue Item(int index) => value.Items().ElementAt(index);
    }

    private static (string Left, string Right)? ReadPair(JsonElement item)
    {
        string[] pair = item.ValueKind switch
        {
            JsonValueKind.String => item.GetString()!.Split(' '),
            JsonValueKind.Array when item.GetArrayLength() == 2 => [Text(item[0]), Text(item[1])],
            _ => [],
        };
        return pair is [{ Length: > 0 } left, { Length: > 0 } right] && !left.Contains(' ') && !right.Contains(' ') ? (left, right) : null;

        static string Text(JsonElement token) => token.ValueKind == JsonValueKind.String ? token.GetString()! : "";
    }

    private static string? ReadUnknownToken(JsonValue value, Dictionary<string, int> vocabulary)
        => value.IsNull ? null : vocabulary.ContainsKey(value.Text()) ? value.Text() : throw value.Invalid("a token of model.vocab");
}
