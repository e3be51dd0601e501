using System.Text.Json;
using static Alignment.Data.Tests.SentencePieceModel;

namespace Alignment.Data.Tests;

/// <summary>tokenizer.model, where a folder has no tokenizer.json; ids by pencil and, where installed, those of Llama 2.</summary>
public sealed class SentencePieceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sentencepiece");

    private string ModelPath => Path.Combine(_folder.FullName, "tokenizer.model");

    public void Dispose() => _folder.Delete(recursive: true);

    // <unk> 0, <s> 1, </s> 2, the bytes, then ▁ a b c and what the test adds.
    private static SentencePieceModel Model(bool bytes = true, bool space = true, bool dropsExtra = false)
    {
        var model = new SentencePieceModel().Piece("<unk>", 0, Unknown).Piece("<s>", 0, Control).Piece("</s>", 0, Control);
        for (var value = 0; bytes && value < 256; value++)
            model.Piece($"<0x{value:X2}>", 0, SentencePieceModel.Byte);
        foreach (var text in new[] { "▁", "a", "b", "c" })
            model.Piece(text, -100, Normal);
        return model.Training((3, 2), (35, bytes ? 1 : 0)).Normalizer((3, space ? 1 : 0), (4, dropsExtra ? 1 : 0));
    }

    private HuggingFaceTokenizer Load(SentencePieceModel model)
    {
        File.WriteAllBytes(ModelPath, model.ToArray());
        return HuggingFaceTokenizer.FromPretrained(_folder.FullName);
    }

    private string Error(SentencePieceModel model)
    {
        var error = Assert.Throws<TokenizerFormatException>(() => Load(model));
        Assert.StartsWith(ModelPath + ": ", error.Message, StringComparison.Ordinal);
        return error.Message[(ModelPath.Length + 2)..];
    }

    [Fact]
    public void The_piece_with_the_highest_score_is_merged_first()
    {
        var tokenizer = Load(Model().Piece("ab", -2, Normal).Piece("bc", -1, Normal).Piece("abc", -3, Normal));
        Assert.Equal([259, 265], tokenizer.Encode("abc"));       // bc, then a and bc
        Assert.Equal([259, 263, 260], tokenizer.Encode("aba"));
        Assert.Equal([259, 260, 259, 3 + 0xC3, 3 + 0xA9], tokenizer.Encode("a é"));
        Assert.Equal("a é", tokenizer.Decode(tokenizer.Encode("a é")));
        Assert.Equal((266, 1, 2, null), (tokenizer.VocabularySize, tokenizer.BeginId, tokenizer.EndId, tokenizer.PadId));
    }

    [Fact]
    public void Among_equal_scores_the_leftmost_goes_first()
        => Assert.Equal([259, 263, 262], Load(Model().Piece("ab", -1, Normal).Piece("bc", -1, Normal)).Encode("abc"));

    [Fact]
    public void A_piece_merges_from_characters_that_are_no_pieces()
        => Assert.Equal([259, 263], Load(Model().Piece("xy", -1, Normal)).Encode("xy"));

    [Fact]
    public void User_defined_pieces_are_found_first_and_never_merge()
    {
        var tokenizer = Load(Model().Piece("ab", -1, Normal).Piece("b\n", 0, UserDefined).Piece("b\n\n", 0, UserDefined).Piece("b\nc", -1, Normal));
        Assert.Equal([259, 260, 264, 262], tokenizer.Encode("ab\nc"));
        Assert.Equal([259, 260, 265], tokenizer.Encode("ab\n\n"));
    }

    [Fact]
    public void Only_trusted_text_produces_control_pieces()
    {
        var tokenizer = Load(Model());
        Assert.Equal([1, 259, 260, 2], tokenizer.EncodeWithSpecialTokens("<s>a</s>"));
        Assert.DoesNotContain(tokenizer.Encode("<s>a</s>"), id => id < 3);
        Assert.Equal("a", tokenizer.Decode([1, 259, 260, 2], skipSpecialTokens: true));
        Assert.Equal("<s> a</s>", tokenizer.Decode([1, 259, 260, 2]));
    }

    [Fact]
    public void Without_bytes_unknowns_in_a_row_are_one()
    {
        var tokenizer = Load(Model(bytes: false));
        Assert.Equal([3, 0, 4, 0], tokenizer.Encode("xyaz"));
    }

    [Fact]
    public void Spaces_are_kept_or_dropped_as_the_file_says()
    {
        Assert.Equal([260, 259, 259, 261, 259], Load(Model(space: false)).Encode("a  b "));
        Assert.Equal([259, 260, 259, 261], Load(Model(dropsExtra: true)).Encode("  a   b "));
        Assert.Empty(Load(Model(dropsExtra: true)).Encode("   "));
        Assert.Equal("a b", Load(Model(dropsExtra: true)).Decode([259, 259, 260, 259, 261]));
    }

    [Fact]
    public void The_configuration_beside_it_adds_tokens()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "tokenizer_config.json"), """
            { "eos_token": "<|end|>", "add_bos_token": true,
              "added_tokens_decoder": { "1": { "content": "<s>", "special": true, "normalized": false },
                                        "263": { "content": "<|end|>", "special": true, "normalized": false, "rstrip": true } } }
            """);
        var tokenizer = Load(Model());
        Assert.Equal([259, 260, 263, 259, 261], tokenizer.EncodeWithSpecialTokens("a<|end|>  b"));
        Assert.Equal((264, 1, 263), (tokenizer.VocabularySize, tokenizer.BeginId, tokenizer.EndId));
        Assert.Equal([1], tokenizer.BeforeText);

        File.WriteAllText(Path.Combine(_folder.FullName, "tokenizer_config.json"), """{ "added_tokens_decoder": { "5": { "content": "<x>" } } }""");
        Assert.Equal("has other ids than added_tokens_decoder of tokenizer_config.json for '<x>' or 5.", Error(Model()));
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{ "add_bos_token": true }""", true)]
    [InlineData("""{ "add_bos_token": false }""", false)]
    public void The_begin_token_comes_before_a_text_unless_the_configuration_says_otherwise(string config, bool begins)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "tokenizer_config.json"), config);
        var tokenizer = Load(Model());
        Assert.Equal(1, tokenizer.BeginId);
        Assert.Equal(begins ? [1] : [], tokenizer.BeforeText);
        Assert.Empty(tokenizer.AfterText);
    }

    [Fact]
    public void What_is_wrong_or_not_supported_is_named()
    {
        const string Start = "unsupported SentencePiece model: ";
        Assert.Equal(Start + "its model_type must be 2 (BPE); was 1.", Error(new SentencePieceModel().Piece("<unk>", 0, Unknown)));
        Assert.Equal(Start + "it must have one piece of the unknown kind.", Error(new SentencePieceModel().Training((3, 2))));
        Assert.Equal(Start + "piece 263 must have a text of 1 to 1024 characters that no other has; was 'a'.", Error(Model().Piece("a", 0, Normal)));
        Assert.Equal(Start + "piece 263 must have a text of 1 to 1024 characters that no other has; was ''.", Error(Model().Piece("", 0, Normal)));
        Assert.Equal(Start + "piece 263 must have a finite score; was NaN.", Error(Model().Piece("x", float.NaN, Normal)));
        Assert.Equal(Start + "piece 263 must be of the kinds 1 to 4 or 6; was 5.", Error(Model().Piece("x", 0, Unused)));
        Assert.Equal(Start + "piece 263 must be spelled as <0x0A>, since it is a byte; was 'x'.", Error(Model().Piece("x", 0, SentencePieceModel.Byte)));
        Assert.Equal(Start + "treat_whitespace_as_suffix must be false.", Error(Model().Training((24, 1))));
        Assert.Equal(Start + "escape_whitespaces must be true.", Error(Model().Normalizer((5, 0))));
        Assert.Equal(Start + "its normalizer must be the identity, without a precompiled_charsmap.", Error(Model().Raw(3, Field(2, [1]))));
        Assert.Equal(Start + "its denormalizer must be the identity, without a precompiled_charsmap.", Error(Model().Raw(5, Field(2, [1]))));
    }

    [Theory]
    [InlineData(new byte[] { 0x0A }, "a field that goes beyond its end")]
    [InlineData(new byte[] { 0x0A, 0x05, 1 }, "a field that goes beyond its end")]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "a field that goes beyond its end")]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 }, "a number of more than 64 bits")]
    [InlineData(new byte[] { 0x0B }, "wire type 3")]
    [InlineData(new byte[] { 0x02, 0x00 }, "field 0")]
    [InlineData(new byte[] { 0x08, 0x01 }, "wire type 0 in field 1")]
    [InlineData(new byte[] { 0x0A, 0x03, 0x0A, 0x01, 0xFF }, "a text that is not UTF-8")]
    public void What_is_no_message_is_named(byte[] file, string what)
    {
        File.WriteAllBytes(ModelPath, file);
        var error = Assert.Throws<TokenizerFormatException>(() => HuggingFaceTokenizer.FromFile(ModelPath));
        Assert.Equal($"{ModelPath}: must be a SentencePiece model (protocol buffers); it holds {what}.", error.Message);
    }

    [Fact]
    public void Its_size_is_bounded()
    {
        using (var file = File.OpenWrite(ModelPath))
            file.SetLength((64L << 20) + 1);   // sparse
        var error = Assert.Throws<TokenizerFormatException>(() => HuggingFaceTokenizer.FromFile(ModelPath));
        Assert.Equal($"{ModelPath}: must be at most 64 MiB.", error.Message);
    }

    // Its tokenizer.json was made from such a file: the order of the merges is that of the scores.
    [PublishedTheory, InlineData("llama2")]
    public void The_vocabulary_of_Llama_2_gives_its_recorded_ids(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(PublishedTokenizers.PathOf(name)));
        var scores = new Dictionary<string, float>();
        foreach (var merge in json.RootElement.GetProperty("model").GetProperty("merges").EnumerateArray())
            scores.TryAdd(merge.GetString()!.Replace(" ", "", StringComparison.Ordinal), -scores.Count);
        var model = new SentencePieceModel();
        foreach (var token in json.RootElement.GetProperty("model").GetProperty("vocab").EnumerateObject().OrderBy(token => token.Value.GetInt32()))
        {
            var id = token.Value.GetInt32();
            model.Piece(token.Name, scores.GetValueOrDefault(token.Name, -1e9f), id == 0 ? Unknown : id < 3 ? Control : id < 259 ? SentencePieceModel.Byte : Normal);
        }

        var tokenizer = Load(model.Training((3, 2), (35, 1)).Normalizer((3, 1), (4, 0)));
        var recorded = Golden.Json("tokenizers", "tokenizer_ids.json");
        var ids = recorded.GetProperty("tokenizers").EnumerateArray().Single(item => item.GetProperty("tokenizer").GetString() == name).GetProperty("ids");
        var published = PublishedTokenizers.Of(name);
        foreach (var (text, index) in recorded.GetProperty("strings").EnumerateArray().Select((text, index) => (text.GetString()!, index)))
        {
            var expected = ids[index].EnumerateArray().Select(id => id.GetInt32()).ToArray();
            Assert.Equal(expected, tokenizer.EncodeWithSpecialTokens(text));
            Assert.Equal(published.Decode(expected), tokenizer.Decode(expected));
        }
    }
}
