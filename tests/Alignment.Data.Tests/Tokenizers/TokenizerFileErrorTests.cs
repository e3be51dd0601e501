using System.Text.Json.Nodes;

namespace Alignment.Data.Tests;

/// <summary>Files that are malformed, hostile or ask for what is not supported: each error says where and what.</summary>
public class TokenizerFileErrorTests
{
    private const string Normalizers = "\"NFC\", \"NFD\", \"NFKC\", \"NFKD\", \"Lowercase\", \"StripAccents\", \"Strip\", \"Replace\", \"Prepend\", "
        + "a \"Sequence\" of these, or no normalizer";

    private const string PreTokenizers = "\"ByteLevel\", \"Split\", \"Digits\", \"Whitespace\", \"WhitespaceSplit\", \"Punctuation\", \"BertPreTokenizer\", "
        + "\"Metaspace\", a \"Sequence\" of these with \"ByteLevel\" last, or no pre-tokenizer";

    private const string Decoders = "\"ByteLevel\" alone, or \"Replace\", \"Metaspace\", \"ByteFallback\", \"Strip\" and \"Fuse\", one or a \"Sequence\" of them";

    private const string PostProcessors = "\"TemplateProcessing\", \"RobertaProcessing\", \"BertProcessing\", \"ByteLevel\", a \"Sequence\" of these, or none";

    // A dotted key and the JSON to put there.
    [Theory]
    [InlineData("model.type", "\"Unigram\"", "unsupported model.type \"Unigram\"; supported: \"BPE\".")]
    [InlineData("model.byte_fallback", "true", "unsupported model.byte_fallback true; supported: false with a pre_tokenizer \"ByteLevel\".")]
    [InlineData("model.dropout", "0.1", "unsupported model.dropout 0.1; supported: null.")]
    [InlineData("model.continuing_subword_prefix", "\"##\"", "unsupported model.continuing_subword_prefix \"##\"; supported: null.")]
    [InlineData("model.end_of_word_suffix", "\"/w\"", "unsupported model.end_of_word_suffix \"/w\"; supported: null.")]
    [InlineData("model.ignore_merges", "1", "model.ignore_merges must be true or false. Actual value was 1.")]
    [InlineData("model.unk_token", "\"<unk>\"", "model.unk_token must be a token of model.vocab. Actual value was \"<unk>\".")]
    [InlineData("model", "[]", "model must be an object. Actual value was an array.")]
    [InlineData("model.vocab", "null", "model.vocab must be an object of token ids. Actual value was null.")]
    [InlineData("model.vocab", "{}", "model.vocab must be an object of at least one token. Actual value was an object.")]
    [InlineData("model.vocab.zz", "-1", "model.vocab.zz must be a token id from 0 to 16777215. Actual value was -1.")]
    [InlineData("model.vocab.zz", "16777216", "model.vocab.zz must be a token id from 0 to 16777215. Actual value was 16777216.")]
    [InlineData("model.vocab.zz", "1e99", "model.vocab.zz must be a token id from 0 to 16777215. Actual value was 1e99.")]
    [InlineData("model.vocab.zz", "\"7\"", "model.vocab.zz must be a token id from 0 to 16777215. Actual value was \"7\".")]
    [InlineData("model.vocab.zz", "97", "model.vocab.zz must be an id that no other token has. Actual value was 97.")]
    [InlineData("model.merges", "{}", "model.merges must be an array. Actual value was an object.")]
    [InlineData("model.merges", "[\"abc\"]", "model.merges[0] must be two tokens without spaces, as \"a b\" or [\"a\", \"b\"]. Actual value was \"abc\".")]
    [InlineData("model.merges", "[[\"a\",\"b c\"]]", "model.merges[0] must be two tokens without spaces, as \"a b\" or [\"a\", \"b\"]. Actual value was an array.")]
    [InlineData("model.merges", "[[\"a\",1]]", "model.merges[0] must be two tokens without spaces, as \"a b\" or [\"a\", \"b\"]. Actual value was an array.")]
    [InlineData("model.merges", "[\"a b\", \"a c\"]", "model.merges[1] must be two tokens that model.vocab holds, as well as both joined; one is missing for 'a' and 'c'. Actual value was \"a c\".")]
    [InlineData("model.merges", "[\"a b\", [\"a\", \"b\"]]", "model.merges[1] must be a pair that no merge before it has; 'a b' came twice. Actual value was an array.")]
    [InlineData("normalizer", "{\"type\":\"Precompiled\"}", "unsupported normalizer.type \"Precompiled\"; supported: " + Normalizers + ".")]
    [InlineData("normalizer", "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},{\"type\":\"Nmt\"}]}", "unsupported normalizer.normalizers[1].type \"Nmt\"; supported: " + Normalizers + ".")]
    [InlineData("normalizer", "{\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"\"}", "normalizer.pattern.String must be a text of at least one character. Actual value was \"\".")]
    [InlineData("normalizer", "{\"type\":\"Prepend\"}", "normalizer.prepend must be a string. Actual value was missing.")]
    [InlineData("pre_tokenizer", "null", "unsupported decoder missing; supported: " + Decoders + ", 1 to 16 steps.")]
    [InlineData("pre_tokenizer", "{\"type\":\"UnicodeScripts\"}", "unsupported pre_tokenizer.type \"UnicodeScripts\"; supported: " + PreTokenizers + ".")]
    [InlineData("pre_tokenizer", "{\"type\":\"Metaspace\"}", "pre_tokenizer.replacement must be a string. Actual value was missing.")]
    [InlineData("pre_tokenizer", "{\"type\":\"Metaspace\",\"replacement\":\"__\"}", "pre_tokenizer.replacement must be one character up to U+FFFF. Actual value was \"__\".")]
    [InlineData("pre_tokenizer", "{\"type\":\"Metaspace\",\"replacement\":\"_\",\"prepend_scheme\":\"last\"}", "unsupported pre_tokenizer.prepend_scheme \"last\"; supported: \"always\", \"first\", \"never\".")]
    [InlineData("pre_tokenizer", "{\"type\":\"Metaspace\",\"replacement\":\"_\",\"prepend_scheme\":\"first\",\"add_prefix_space\":false}", "unsupported pre_tokenizer.prepend_scheme \"first\"; supported: \"never\" where add_prefix_space is false.")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"a\"},\"behavior\":\"Cut\"}", "unsupported pre_tokenizer.behavior \"Cut\"; supported: \"Removed\", \"Isolated\", \"MergedWithPrevious\", \"MergedWithNext\", \"Contiguous\".")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[a&&b]\"},\"behavior\":\"Isolated\"}", "unsupported pre_tokenizer.pattern.Regex \"[a&&b]\"; supported: classes of characters without '[' or '&&' in them.")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[[:alpha:]]\"},\"behavior\":\"Isolated\"}", "unsupported pre_tokenizer.pattern.Regex \"[[:alpha:]]\"; supported: classes of characters without '[' or '&&' in them.")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[]a]\"},\"behavior\":\"Isolated\"}", "unsupported pre_tokenizer.pattern.Regex \"[]a]\"; supported: classes of at least one character.")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"a{,3}\"},\"behavior\":\"Isolated\"}", "unsupported pre_tokenizer.pattern.Regex \"a{,3}\"; supported: repetitions {n}, {n,} and {n,m}.")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(?m:a)\"},\"behavior\":\"Isolated\"}", "unsupported pre_tokenizer.pattern.Regex \"(?m:a)\"; supported: groups (?:, (?i:, (?=, (?!, (?<=, (?<! and (?>.")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"𝔘\"},\"behavior\":\"Isolated\"}", "unsupported pre_tokenizer.pattern.Regex \"𝔘\"; supported: a pattern without characters beyond U+FFFF.")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"\\\\K\"},\"behavior\":\"Isolated\"}", "unsupported pre_tokenizer.pattern.Regex \"\\K\"; supported: the escapes \\d \\D \\s \\S \\w \\W \\h \\p \\P \\b \\B \\A \\z \\Z, of characters and of signs.")]
    [InlineData("decoder", "{\"type\":\"CTC\"}", "unsupported decoder.type \"CTC\"; supported: " + Decoders + ".")]
    [InlineData("decoder", "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Fuse\"},{\"type\":\"ByteFallback\"}]}", "unsupported decoder.decoders[1].type \"ByteFallback\"; supported: \"Strip\" after \"Fuse\".")]
    [InlineData("decoder", "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"ByteLevel\"},{\"type\":\"Fuse\"}]}", "unsupported decoder.decoders[0].type \"ByteLevel\"; supported: " + Decoders + ".")]
    [InlineData("decoder", "{\"type\":\"Strip\",\"content\":\" \",\"start\":-1,\"stop\":0}", "decoder.start must be a whole number from 0 to 1024. Actual value was -1.")]
    [InlineData("post_processor", "{\"type\":\"Other\"}", "unsupported post_processor.type \"Other\"; supported: " + PostProcessors + ".")]
    [InlineData("post_processor", "{\"type\":\"TemplateProcessing\",\"single\":[],\"special_tokens\":{}}", "unsupported post_processor.single an array; supported: a template that holds the text (\"Sequence\").")]
    [InlineData("post_processor", "{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"x\"}}],\"special_tokens\":{}}", "post_processor.single[0].SpecialToken.id must be a key of special_tokens. Actual value was \"x\".")]
    [InlineData("post_processor", "{\"type\":\"TemplateProcessing\",\"single\":[{\"Sequence\":{\"id\":\"B\"}}]}", "unsupported post_processor.single[0].Sequence.id \"B\"; supported: \"A\", once.")]
    [InlineData("post_processor", "{\"type\":\"BertProcessing\",\"cls\":[\"a\"]}", "post_processor.cls must be a token and its id. Actual value was an array.")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"pattern\":{},\"behavior\":\"Isolated\"}", "pre_tokenizer.pattern.Regex must be a string. Actual value was missing.")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"pattern\":{\"String\":\"\"},\"behavior\":\"Isolated\"}", "pre_tokenizer.pattern.String must be a pattern of 1 to 16384 characters. Actual value was \"\".")]
    [InlineData("pre_tokenizer", "{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"ByteLevel\"},{\"type\":\"Digits\"}]}", "unsupported pre_tokenizer.pretokenizers[1].type \"Digits\"; supported: nothing after \"ByteLevel\".")]
    [InlineData("added_tokens", "[{\"id\":5}]", "added_tokens[0].content must be a string. Actual value was missing.")]
    [InlineData("added_tokens", "[{\"id\":500,\"content\":\"\"}]", "added_tokens[0].content must be a text of 1 to 1024 characters. Actual value was \"\".")]
    [InlineData("added_tokens", "[{\"id\":5,\"content\":\"<x>\"}]", "added_tokens[0].id must be an id that no other token has. Actual value was 5.")]
    [InlineData("added_tokens", "[{\"id\":500,\"content\":\"a\"}]", "added_tokens[0].id must be 97, which is its content's id in model.vocab. Actual value was 500.")]
    [InlineData("added_tokens", "[{\"id\":500,\"content\":\"<x>\"},{\"id\":501,\"content\":\"<x>\"}]", "added_tokens[1].content must be a content that no other added token has. Actual value was \"<x>\".")]
    public void A_wrong_value_is_named(string key, string json, string message)
    {
        using var folder = new TokenizerFolder("a b");
        var keys = key.Split('.');
        var parent = keys[..^1].Aggregate((JsonNode)folder.Json, (node, name) => node[name]!);
        parent[keys[^1]] = JsonNode.Parse(json);
        Assert.Equal(message, folder.LoadError());
    }

    [Theory]
    [InlineData("{", "Expected depth to be zero")]
    [InlineData("", "The input does not contain any JSON tokens")]
    [InlineData("{\"model\":{\"vocab\":{\"a\":0,\"a\":1}}}", "Duplicate property 'a'")]
    [InlineData("{\"model\":{\"type\":\"\\ud800\"}}", "")]
    public void What_is_not_JSON_is_named(string json, string reason)
    {
        using var folder = new TokenizerFolder();
        var message = folder.LoadError(json);
        Assert.StartsWith("must be JSON without duplicate keys, at most 32 levels deep. " + reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_size_and_count_are_bounded()
    {
        using var folder = new TokenizerFolder();
        Assert.StartsWith("must be JSON", folder.LoadError(new string('[', 100_000)), StringComparison.Ordinal);
        Assert.Equal("must hold at most 16777216 values.", folder.LoadError("[" + string.Join(',', Enumerable.Repeat("1", 17_000_000)) + "]"));

        using (var file = File.OpenWrite(folder.FilePath))
            file.SetLength((256L << 20) + 1);   // sparse
        var error = Assert.Throws<TokenizerFormatException>(() => HuggingFaceTokenizer.FromFile(folder.FilePath));
        Assert.Equal($"{folder.FilePath}: must be at most 256 MiB.", error.Message);
    }

    [Fact]
    public void A_pattern_must_be_one_of_NET_and_of_bounded_length()
    {
        using var folder = new TokenizerFolder();
        folder.PreTokenize(TokenizerFolder.Split("(a"));
        Assert.StartsWith(
            "unsupported pre_tokenizer.pretokenizers[0].pattern.Regex \"(a\"; supported: .NET regular expressions. Invalid pattern '(a'",
            folder.LoadError(), StringComparison.Ordinal);

        folder.PreTokenize(TokenizerFolder.Split(new string('a', 16_385)));
        Assert.Equal(
            $"pre_tokenizer.pretokenizers[0].pattern.Regex must be a pattern of 1 to 16384 characters. Actual value was \"{new string('a', 79)}....",
            folder.LoadError());

        folder.PreTokenize([.. Enumerable.Repeat(0, 17).Select(_ => TokenizerFolder.Split("a"))]);
        Assert.Equal("unsupported pre_tokenizer.pretokenizers[16].type \"Split\"; supported: at most 16 steps.", folder.LoadError());
    }

    [Fact]
    public void The_oldest_files_name_no_type_and_some_begin_with_a_byte_order_mark()
    {
        using var folder = new TokenizerFolder("a b");
        folder.Model.Remove("type");
        Assert.Equal([256], folder.LoadText("\uFEFF" + folder.Json.ToJsonString()).Encode("ab"));
        folder.Model.Remove("merges");
        Assert.Equal("unsupported model.type missing; supported: \"BPE\".", folder.LoadError());
    }
}
