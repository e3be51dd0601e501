using System.Text.Json;

namespace Alignment.Data.Tests;

/// <summary>Ids and texts that the tokenizers library gave for 210 strings under six published files.</summary>
public class PublishedTokenizerTests
{
    private static readonly JsonElement Recorded = Golden.Json("tokenizers", "tokenizer_ids.json");
    private static readonly string[] Strings = [.. Recorded.GetProperty("strings").EnumerateArray().Select(text => text.GetString()!)];

    public static TheoryData<string> Names { get; } = new(PublishedTokenizers.Names());

    [PublishedTheory, MemberData(nameof(Names))]
    public void Every_string_has_the_recorded_ids(string name)
    {
        var tokenizer = PublishedTokenizers.Of(name);
        var ids = Of(name).GetProperty("ids");
        Assert.Equal(210, Strings.Length);
        var wrong = Enumerable.Range(0, Strings.Length)
            .Where(i => !Ids(ids[i]).SequenceEqual(tokenizer.EncodeWithSpecialTokens(Strings[i])))
            .Select(i => $"{i} '{Strings[i]}': [{string.Join(' ', Ids(ids[i]))}], got [{string.Join(' ', tokenizer.EncodeWithSpecialTokens(Strings[i]))}]");
        Assert.Empty(wrong);
    }

    [PublishedTheory, MemberData(nameof(Names))]
    public void Every_string_has_the_recorded_text(string name)
    {
        var tokenizer = PublishedTokenizers.Of(name);
        var recorded = Of(name);
        for (var i = 0; i < Strings.Length; i++)
        {
            var ids = Ids(recorded.GetProperty("ids")[i]);
            var text = Text(recorded.GetProperty("decode"), i) ?? Strings[i];
            Assert.Equal(text, tokenizer.Decode(ids));
            Assert.Equal(Text(recorded.GetProperty("decode_skipping_special"), i) ?? text, tokenizer.Decode(ids, skipSpecialTokens: true));
        }
    }

    [PublishedTheory, MemberData(nameof(Names))]
    public void Decoding_one_by_one_gives_the_same_text(string name)
    {
        var tokenizer = PublishedTokenizers.Of(name);
        foreach (var text in Strings)
        {
            foreach (var skip in new[] { false, true })
            {
                var ids = tokenizer.EncodeWithSpecialTokens(text);
                var decoder = tokenizer.StartDecoding(skip);
                string[] parts = [.. ids.Select(decoder.Append), decoder.Finish()];
                Assert.Equal(tokenizer.Decode(ids, skip), string.Concat(parts));
                Assert.All(parts, part => Assert.True(part.Length == 0 || !(char.IsLowSurrogate(part[0]) || char.IsHighSurrogate(part[^1]))));
            }
        }
    }

    [PublishedTheory, MemberData(nameof(Names))]
    public void Plain_text_holds_no_special_token_and_comes_back(string name)
    {
        var tokenizer = PublishedTokenizers.Of(name);
        foreach (var text in Strings)
        {
            // Qwen composes accents; SentencePiece reads its own sign as a space.
            var expected = name switch
            {
                "qwen3" => text.Replace("e\u0301", "é", StringComparison.Ordinal),
                "gemma3" or "llama2" => text.Replace('\u2581', ' '),
                _ => text,
            };
            Assert.Equal(expected, tokenizer.Decode(tokenizer.Encode(text), skipSpecialTokens: true));
        }
    }

    [PublishedTheory, MemberData(nameof(Names))]
    public void The_template_around_a_text_is_recorded(string name)
    {
        var tokenizer = PublishedTokenizers.Of(name);
        var recorded = Of(name);
        Assert.Equal(recorded.GetProperty("vocab_size").GetInt32(), tokenizer.VocabularySize);
        Assert.Equal(Ids(recorded.GetProperty("special").GetProperty("before")), tokenizer.BeforeText);
        Assert.Equal(Ids(recorded.GetProperty("special").GetProperty("after")), tokenizer.AfterText);
    }

    private static JsonElement Of(string name)
        => Recorded.GetProperty("tokenizers").EnumerateArray().Single(item => item.GetProperty("tokenizer").GetString() == name);

    private static int[] Ids(JsonElement ids) => [.. ids.EnumerateArray().Select(id => id.GetInt32())];

    private static string? Text(JsonElement texts, int index)
        => texts.TryGetProperty($"{index}", out var text) ? text.GetString() : null;
}
