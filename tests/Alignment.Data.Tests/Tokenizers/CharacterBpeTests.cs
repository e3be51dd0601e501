using System.Text.Json.Nodes;

namespace Alignment.Data.Tests;

/// <summary>Byte pair encoding over characters, as of Llama 2 and Gemma; ids by pencil.</summary>
public class CharacterBpeTests
{
    private const string Llama2Decoder = """
        {"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},
         {"type":"Strip","content":" ","start":1,"stop":0}]}
        """;

    // <unk> 0, <s> 1, bytes 2 to 257 where there are any, then ▁ a b c d and what merges make.
    private static TokenizerFolder Folder(bool bytes, params string[] merges)
    {
        var folder = new TokenizerFolder();
        string[] tokens =
        [
            "<unk>", "<s>", .. bytes ? Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>") : [],
            "▁", "a", "b", "c", "d", .. merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal)),
        ];
        folder.Json["added_tokens"] = new JsonArray(TokenizerFolder.Added(0, "<unk>"), TokenizerFolder.Added(1, "<s>"));
        folder.Json["normalizer"] = JsonNode.Parse("""
            {"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]}
            """);
        folder.Json["pre_tokenizer"] = null;
        folder.Json["decoder"] = JsonNode.Parse(Llama2Decoder);
        folder.Model["vocab"] = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id)));
        folder.Model["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)merge)]);
        folder.Model["unk_token"] = "<unk>";
        folder.Model["fuse_unk"] = true;
        folder.Model["byte_fallback"] = bytes;
        return folder;
    }

    [Fact]
    public void A_character_outside_the_vocabulary_becomes_its_bytes()
    {
        using var folder = Folder(bytes: true, "a b");
        var tokenizer = folder.Load();
        Assert.Equal([258, 263, 2 + 0xF0, 2 + 0x9F, 2 + 0x99, 2 + 0x82, 261], tokenizer.Encode("ab🙂c"));
        Assert.Equal("ab🙂c", tokenizer.Decode(tokenizer.Encode("ab🙂c")));
        Assert.Equal((10 + 2, 258, 263), (tokenizer.IdOf("\n"), tokenizer.IdOf(" "), tokenizer.IdOf("ab")));
        Assert.Null(tokenizer.IdOf("é"));
    }

    [Fact]
    public void Without_bytes_it_is_unknown_and_neighbours_fuse()
    {
        using var folder = Folder(bytes: false);
        Assert.Equal([2, 0, 3, 0], folder.Load().Encode("xyaz"));
        folder.Model["fuse_unk"] = false;
        Assert.Equal([2, 0, 0, 3, 0], folder.Load().Encode("xyaz"));
        folder.Model["unk_token"] = null;
        var error = Assert.Throws<ArgumentException>(() => folder.Load().Encode("aé"));
        Assert.Equal($"{folder.FilePath}: has neither a token for the character U+00E9 of the text nor an unk_token.", error.Message);
    }

    [Fact]
    public void The_best_merge_goes_first_and_among_equals_the_leftmost()
    {
        using var folder = Folder(bytes: true, "b c", "a b", "a a", "aa aa");
        var tokenizer = folder.Load();
        Assert.Equal([258, 259, 263], tokenizer.Encode("abc"));          // b c before a b
        Assert.Equal([258, 265, 259], tokenizer.Encode("aaa"));          // a a from the left
        Assert.Equal([258, 266, 265, 259], tokenizer.Encode("aaaaaaa")); // aa aa aa a, then the first two
    }

    [Fact]
    public void Special_tokens_begin_the_text_anew_and_plain_text_makes_none()
    {
        using var folder = Folder(bytes: true);
        var tokenizer = folder.Load();
        Assert.Equal([1, 258, 259], tokenizer.EncodeWithSpecialTokens("<s>a"));
        Assert.Equal([258, 2 + '<', 2 + 's', 2 + '>', 259], tokenizer.Encode("<s>a"));
        Assert.Empty(tokenizer.Encode(""));
    }

    [Fact]
    public void A_special_token_of_one_character_is_no_character_of_plain_text()
    {
        using var folder = Folder(bytes: true, "a b");
        folder.Json["added_tokens"] = new JsonArray(TokenizerFolder.Added(262, "d"), TokenizerFolder.Added(263, "ab"));
        folder.Model["ignore_merges"] = true;
        folder.Json["normalizer"] = null;
        Assert.Equal([2 + 'd'], folder.Load().Encode("d"));
        Assert.Equal([262], folder.Load().EncodeWithSpecialTokens("d"));
        folder.Model["merges"] = new JsonArray();
        Assert.Equal([259, 260], folder.Load().Encode("ab"));
    }

    [Fact]
    public void A_piece_that_is_a_token_stays_whole_where_merges_are_ignored()
    {
        using var folder = Folder(bytes: true);
        folder.Model["vocab"]!["abc"] = 263;
        folder.Json["normalizer"] = null;
        Assert.Equal([259, 260, 261], folder.Load().Encode("abc"));
        folder.Model["ignore_merges"] = true;
        Assert.Equal([263], folder.Load().Encode("abc"));
        Assert.Equal([259, 260, 261, 261], folder.Load().Encode("abcc"));
    }

    [Fact]
    public void Metaspace_marks_spaces_as_the_normalizer_does()
    {
        using var folder = Folder(bytes: true, "▁ a");
        folder.Json["normalizer"] = null;
        folder.Json["pre_tokenizer"] = JsonNode.Parse("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":false}""");
        var tokenizer = folder.Load();
        Assert.Equal([263, 263], tokenizer.Encode("a a"));
        Assert.Equal([1, 259], tokenizer.EncodeWithSpecialTokens("<s>a"));   // only the beginning of the whole text
        folder.Json["pre_tokenizer"]!["prepend_scheme"] = "always";
        Assert.Equal([1, 263], folder.Load().EncodeWithSpecialTokens("<s>a"));
        folder.Json["pre_tokenizer"]!["prepend_scheme"] = "never";
        Assert.Equal([259, 263], folder.Load().Encode("a a"));
    }

    [Fact]
    public void Cutting_where_no_merge_reaches_changes_no_id()
    {
        string[] merges = ["a b", "▁ a", "ab c", "b b", "bb bb", "c d", "a a", "▁ ▁"];
        using var folder = Folder(bytes: true, merges);
        var cut = folder.Load();
        using var document = System.Text.Json.JsonDocument.Parse(folder.Model.ToJsonString());
        var whole = new CharacterBpe(BpeFile.Read(new JsonValue("f", "model", document.RootElement)), []);
        var random = new Random(3);
        for (var round = 0; round < 5000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => "aaabbbccd  é"[random.Next(12)])]);
            List<int> expected = [];
            whole.Encode("▁" + text.Replace(' ', '▁'), expected);
            Assert.Equal(expected, cut.Encode(text));
        }
    }

    [Fact]
    public void A_megabyte_in_one_piece_takes_no_quadratic_time()
    {
        using var folder = Folder(bytes: true, "a a", "aa aa", "aaaa aaaa");
        var ids = folder.Load().Encode(new string('a', 1 << 20));
        Assert.Equal(1 + (1 << 17), ids.Count);
    }
}
