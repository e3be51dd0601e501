using System.Text.Json.Nodes;

namespace Alignment.Data.Tests;

public class HuggingFaceTokenizerTests
{
    private static readonly JsonObject Bytes = new() { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = false };

    [Fact]
    public void Only_trusted_text_produces_special_tokens()
    {
        using var folder = new TokenizerFolder("e n", "en d");
        var tokenizer = folder.Load();
        Assert.Equal(['a', folder.EndId, 'b'], tokenizer.EncodeWithSpecialTokens("a<|end|>b"));
        Assert.Equal(['a', '<', '|', 257, '|', '>', 'b'], tokenizer.Encode("a<|end|>b"));
        Assert.Equal("a<|end|>b", tokenizer.Decode(['a', folder.EndId, 'b']));
        Assert.Equal("ab", tokenizer.Decode(['a', folder.EndId, 'b'], skipSpecialTokens: true));
    }

    [Fact]
    public void Added_tokens_that_are_not_special_are_ordinary_vocabulary()
    {
        using var folder = new TokenizerFolder().Add("<think>", special: false);
        var tokenizer = folder.Load();
        Assert.Equal([folder.EndId + 1, 'x'], tokenizer.Encode("<think>x"));
        Assert.Equal("<think>x", tokenizer.Decode([folder.EndId + 1, 'x'], skipSpecialTokens: true));
        Assert.Equal(folder.EndId + 2, tokenizer.VocabularySize);
    }

    [Fact]
    public void Merges_come_as_strings_or_as_pairs()
    {
        using var folder = new TokenizerFolder("b c", "a bc");
        Assert.Equal([257], folder.Load().Encode("abc"));
        folder.Model["merges"] = new JsonArray(new JsonArray("b", "c"), new JsonArray("a", "bc"));
        Assert.Equal([257], folder.Load().Encode("abc"));
    }

    [Fact]
    public void A_piece_that_is_a_token_stays_whole_where_merges_are_ignored()
    {
        // "xyz" is a token that no merge makes.
        using var folder = new TokenizerFolder("x y");
        var vocabulary = (JsonObject)folder.Model["vocab"]!;
        vocabulary["xyz"] = 300;
        vocabulary["\u0120xyz"] = 301;   // with a space before it
        Assert.Equal([256, 'z', ' ', 256, 'z'], folder.Load().Encode("xyz xyz"));
        folder.Model["ignore_merges"] = true;
        Assert.Equal([300, 301], folder.Load().Encode("xyz xyz"));
        Assert.Equal([256, 'z', 'z'], folder.Load().Encode("xyzz"));
    }

    [Fact]
    public void A_special_token_in_the_vocabulary_is_no_whole_piece_of_plain_text()
    {
        using var folder = new TokenizerFolder();
        ((JsonObject)folder.Model["vocab"]!)["STOP"] = 300;
        ((JsonArray)folder.Json["added_tokens"]!).Add(TokenizerFolder.Added(300, "STOP"));
        folder.Model["ignore_merges"] = true;
        Assert.Equal(['S', 'T', 'O', 'P'], folder.Load().Encode("STOP"));
        Assert.Equal([300], folder.Load().EncodeWithSpecialTokens("STOP"));
    }

    [Fact]
    public void The_vocabulary_may_be_cut_by_several_expressions()
    {
        using var folder = new TokenizerFolder("1 2", "a b", "b 1", "\u0120 a");
        folder.PreTokenize(TokenizerFolder.Split(@"\p{N}"), TokenizerFolder.Split("b+"), Bytes.DeepClone());
        Assert.Equal([259, 'b', '1', '2'], folder.Load().Encode(" ab12"));

        folder.PreTokenize(new JsonObject { ["type"] = "Digits", ["individual_digits"] = false }, Bytes.DeepClone());
        Assert.Equal([257, 256], folder.Load().Encode("ab12"));

        folder.Json["pre_tokenizer"] = TokenizerFolder.Split("b");   // over characters, which are the same in ASCII
        folder.Json["decoder"] = new JsonObject { ["type"] = "Fuse" };
        Assert.Equal(['a', 'b', 256], folder.Load().Encode("ab12"));
    }

    [Fact]
    public void Normalization_form_C_comes_first()
    {
        using var folder = new TokenizerFolder();
        Assert.Equal(['e', 0xCC, 0x81], folder.Load().Encode("e\u0301"));
        folder.Json["normalizer"] = new JsonObject { ["type"] = "NFC" };
        Assert.Equal([0xC3, 0xA9], folder.Load().Encode("e\u0301"));
        folder.Json["normalizer"] = new JsonObject { ["type"] = "Sequence", ["normalizers"] = new JsonArray() };
        Assert.Equal(['e', 0xCC, 0x81], folder.Load().Encode("e\u0301"));
    }

    [Fact]
    public void A_lone_surrogate_is_U_FFFD()
    {
        using var folder = new TokenizerFolder();
        Assert.Equal(['a', 0xEF, 0xBF, 0xBD, 'b'], folder.Load().Encode("a\uD83Db"));
        Assert.Equal([0xF0, 0x9F, 0x99, 0x82], folder.Load().Encode("\uD83D\uDE42"));
    }

    [Fact]
    public void Tokens_that_share_a_character_are_decoded_together()
    {
        using var folder = new TokenizerFolder();
        var tokenizer = folder.Load();
        Assert.Equal("🙂", tokenizer.Decode([0xF0, 0x9F, 0x99, 0x82]));
        Assert.Equal("\uFFFDa", tokenizer.Decode([0xF0, 0x9F, 'a']));
        Assert.Equal("a", tokenizer.Decode(['a', 100_000]));   // an id without a token
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([-1]));
    }

    [Fact]
    public void A_token_is_found_by_its_text()
    {
        using var folder = new TokenizerFolder("\u0120 y");
        var tokenizer = folder.Add("éa", special: false).Load();
        Assert.Equal((256, 10, folder.EndId, folder.EndId + 1, null),
            (tokenizer.IdOf(" y"), tokenizer.IdOf("\n"), tokenizer.IdOf("<|end|>"), tokenizer.IdOf("éa"), tokenizer.IdOf("\u0120y")));
        Assert.Equal("éa y", tokenizer.Decode([folder.EndId + 1, 256]));   // the content of an added token is text
    }

    [Fact]
    public void A_byte_without_a_token_is_an_error_or_unknown_but_never_lost()
    {
        using var folder = new TokenizerFolder();
        ((JsonObject)folder.Model["vocab"]!).Remove("z");
        var error = Assert.Throws<ArgumentException>(() => folder.Load().Encode("az"));
        Assert.StartsWith($"{folder.FilePath}: has neither a token for the byte 0x7A of the text nor an unk_token.", error.Message, StringComparison.Ordinal);
        folder.Model["unk_token"] = "?";
        Assert.Equal(['a', '?', '?'], folder.Load().Encode("azz"));
        folder.Model["fuse_unk"] = true;
        Assert.Equal(['a', '?'], folder.Load().Encode("azz"));
    }

    [Fact]
    public void A_megabyte_without_spaces_is_one_piece()
    {
        using var folder = new TokenizerFolder();
        var text = new string('a', 1 << 20);
        Assert.Equal(text.Length, folder.Load().Encode(text).Count);
    }

    [Fact]
    public void Several_threads_may_share_one()
    {
        using var folder = new TokenizerFolder("a b", "c d");
        var tokenizer = folder.Load();
        var texts = Enumerable.Range(0, 200).Select(i => $"ab{i} cd{i * 7} xx").ToArray();
        var expected = texts.Select(text => string.Join(',', tokenizer.Encode(text))).ToArray();
        var fresh = folder.Load();
        Parallel.For(0, 2000, i => Assert.Equal(expected[i % 200], string.Join(',', fresh.Encode(texts[i % 200]))));
    }
}
