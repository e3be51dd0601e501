using System.Text.Json.Nodes;

namespace Alignment.Data.Tests;

public class TokenizerConfigTests
{
    [Fact]
    public void Tokens_are_named_as_text_or_as_an_object()
    {
        using var folder = new TokenizerFolder().Add("<pad>");
        folder.Write("tokenizer_config.json", """{ "bos_token": null, "eos_token": { "content": "<|end|>" }, "pad_token": "<pad>" }""");
        var tokenizer = folder.Load();
        Assert.Equal((null, folder.EndId, folder.EndId + 1), (tokenizer.BeginId, tokenizer.EndId, tokenizer.PadId));
    }

    [Fact]
    public void The_map_of_special_tokens_fills_what_the_configuration_leaves_open()
    {
        using var folder = new TokenizerFolder().Add("<pad>");
        folder.Write("tokenizer_config.json", """{ "eos_token": "<|end|>" }""");
        folder.Write("special_tokens_map.json", """{ "eos_token": "<pad>", "pad_token": { "content": "<pad>" } }""");
        var tokenizer = folder.Load();
        Assert.Equal((null, folder.EndId, folder.EndId + 1), (tokenizer.BeginId, tokenizer.EndId, tokenizer.PadId));
    }

    [Fact]
    public void A_file_alone_names_none()
    {
        using var folder = new TokenizerFolder();
        folder.Write("tokenizer_config.json", """{ "eos_token": "<|end|>" }""");
        Assert.Equal(folder.EndId, folder.Load().EndId);
        Assert.Null(HuggingFaceTokenizer.FromFile(folder.FilePath).EndId);
    }

    [Fact]
    public void A_token_that_the_vocabulary_lacks_is_an_error()
    {
        using var folder = new TokenizerFolder();
        folder.Write("tokenizer_config.json", """{ "pad_token": "<pad>" }""");
        Assert.Equal("holds no token \"<pad>\", which the files beside it name as pad_token.", folder.LoadError());
    }

    [Fact]
    public void A_token_of_another_kind_is_an_error()
    {
        using var folder = new TokenizerFolder();
        folder.Write("tokenizer_config.json", """{ "bos_token": 5 }""");
        var error = Assert.Throws<TokenizerFormatException>(folder.Load);
        Assert.Equal($"{Path.Combine(folder.Folder, "tokenizer_config.json")}: bos_token must be an object. Actual value was 5.", error.Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TokenizerFolder();
        var error = Assert.Throws<FileNotFoundException>(() => HuggingFaceTokenizer.FromPretrained(folder.Folder));
        Assert.Equal(
            $"There is no file '{folder.FilePath}', nor a tokenizer.model in its place. A model saved without them can be converted: load its tokenizer with transformers and save it again.",
            error.Message);
        Assert.Equal(folder.FilePath, error.FileName);
    }

    [Fact]
    public void The_configuration_overrules_the_template()
    {
        using var folder = new TokenizerFolder().Add("<s>");
        folder.Json["post_processor"] = JsonNode.Parse($$"""
            { "type": "TemplateProcessing", "single": [{ "SpecialToken": { "id": "<s>" } }, { "Sequence": { "id": "A" } }, { "SpecialToken": { "id": "end" } }],
              "special_tokens": { "<s>": { "ids": [{{folder.EndId + 1}}] }, "end": { "ids": [{{folder.EndId}}, 7] } } }
            """);
        ITokenizer tokenizer = folder.Load();
        Assert.Equal([folder.EndId + 1], tokenizer.BeforeText);
        Assert.Equal([folder.EndId, 7], tokenizer.AfterText);
        Assert.Equal(['a'], tokenizer.EncodeWithSpecialTokens("a"));

        folder.Write("tokenizer_config.json", """{ "add_bos_token": false, "add_eos_token": true, "eos_token": "<|end|>" }""");
        tokenizer = folder.Load();
        Assert.Empty(tokenizer.BeforeText);
        Assert.Equal([folder.EndId], tokenizer.AfterText);

        folder.Write("tokenizer_config.json", """{ "add_bos_token": true }""");
        Assert.Equal("add_bos_token in the files beside it needs a token that they name.", folder.LoadError());
    }

    [Fact]
    public void Post_processors_wrap_one_another()
    {
        using var folder = new TokenizerFolder();
        folder.Json["post_processor"] = JsonNode.Parse("""
            { "type": "Sequence", "processors": [{ "type": "ByteLevel" }, { "type": "RobertaProcessing", "cls": ["a", 1], "sep": ["b", 2] },
              { "type": "BertProcessing", "cls": ["c", 3], "sep": ["d", 4] }] }
            """);
        var tokenizer = folder.Load();
        Assert.Equal([3, 1], tokenizer.BeforeText);
        Assert.Equal([2, 4], tokenizer.AfterText);
    }
}
