using System.Globalization;
using System.Text.Json;

namespace Alignment.Data;

/// <summary>A token that is found in the text before byte pair encoding sees it.</summary>
/// <param name="Id">The token's id.</param>
/// <param name="Content">The text that it stands for, not empty.</param>
/// <param name="IsSpecial">Whether it is a control token, which plain text must not produce.</param>
/// <param name="OnlyWholeWord">Whether letters, digits or underscores beside it prevent it.</param>
/// <param name="TakesSpaceBefore">Whether it swallows the white space before it.</param>
/// <param name="TakesSpaceAfter">Whether it swallows the white space after it.</param>
/// <param name="InNormalizedText">Whether it is sought after normalization rather than before.</param>
internal sealed record AddedToken(
    int Id, string Content, bool IsSpecial, bool OnlyWholeWord, bool TakesSpaceBefore, bool TakesSpaceAfter, bool InNormalizedText)
{
    private const int LongestContent = 1024;
    private const int MostTokens = 1 << 17;   // published files reach 6415

    /// <summary>Reads added_tokens, whose ids and contents must agree with the vocabulary and with one another.</summary>
    public static IReadOnlyList<AddedToken> ReadAll(JsonValue tokens, IReadOnlyDictionary<string, int> vocabulary)
    {
        var contents = vocabulary.ToDictionary(token => token.Value, token => token.Key);
        var added = new Dictionary<string, AddedToken>();
        foreach (var item in tokens.Items())
        {
            var token = Read(item, item["id"].TokenId());
            if (vocabulary.TryGetValue(token.Content, out var known) && known != token.Id)
                throw item["id"].Invalid($"{known}, which is its content's id in model.vocab");
            if (!contents.TryAdd(token.Id, token.Content) && contents[token.Id] != token.Content)
                throw item["id"].Invalid("an id that no other token has");
            if (!added.TryAdd(token.Content, token))
                throw item["content"].Invalid("a content that no other added token has");
            if (added.Count > MostTokens)
                throw tokens.Unsupported($"at most {MostTokens} tokens");
        }

        return [.. added.Values];
    }

    /// <summary>Reads added_tokens_decoder of a tokenizer_config.json: the same by id.</summary>
    public static IReadOnlyList<AddedToken> ReadConfig(JsonValue tokens)
    {
        if (tokens.IsNull)
            return [];
        if (tokens.Element.ValueKind != JsonValueKind.Object)
            throw tokens.Invalid("an object of tokens");

        var added = new List<AddedToken>();
        foreach (var item in tokens.Element.EnumerateObject())
        {
            var token = tokens.Member(item.Name, item.Value);
            if (!int.TryParse(item.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id > TokenizerParts.LargestId)
                throw token.Unsupported($"keys that are token ids from 0 to {TokenizerParts.LargestId}");
            if (added.Count == MostTokens)
                throw tokens.Unsupported($"at most {MostTokens} tokens");
            added.Add(Read(token, id));
        }

        return added;
    }

    private static AddedToken Read(JsonValue item, int id)
    {
        var special = item["special"].Flag(otherwise: false);
        var token = new AddedToken(
            id,
            item["content"].Text(),
            special,
            item["single_word"].Flag(otherwise: false),
            item["lstrip"].Flag(otherwise: false),
            item["rstrip"].Flag(otherwise: false),
            item["normalized"].Flag(otherwise: !special));
        return token.Content.Length is > 0 and <= LongestContent ? token : throw item["content"].Invalid($"a text of 1 to {LongestContent} characters");
    }
}
