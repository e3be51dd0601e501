namespace Alignment.Models.Tests;

/// <summary>What ends a response, read from folders of friends and of strangers.</summary>
public sealed class GenerationConfigFileTests
{
    [Fact]
    public void The_recorded_model_names_one_token() => Assert.Equal([2], GenerationConfigFile.StopIds(LlamaRecord.Folder));

    [Theory]
    [InlineData("""{ "eos_token_id": 7 }""", new[] { 7 })]
    [InlineData("""{ "eos_token_id": [128001, 128008, 128009, 128001] }""", new[] { 128001, 128008, 128009 })]   // Llama 3.1's, one twice
    [InlineData("""{ "eos_token_id": [] }""", new int[0])]
    [InlineData("""{ "eos_token_id": null }""", new int[0])]
    [InlineData("{}", new int[0])]
    public void One_token_several_or_none(string text, int[] ids)
    {
        using var folder = new TemporaryFolder();
        folder.Write("config.json", """{ "eos_token_id": 1 }""");   // not asked where the other file is there
        folder.Write("generation_config.json", text);
        Assert.Equal(ids, GenerationConfigFile.StopIds(folder.Path));
    }

    [Fact]
    public void Without_the_file_config_json_is_asked_and_without_both_there_are_none()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(GenerationConfigFile.StopIds(folder.Path));
        folder.Write("config.json", """{ "eos_token_id": [3, 4] }""");
        Assert.Equal([3, 4], GenerationConfigFile.StopIds(folder.Path));
    }

    [Theory]
    [InlineData("""{ "eos_token_id": -1 }""", "eos_token_id must be a token id from 0 to 4194303 or an array of them; held '-1'.")]
    [InlineData("""{ "eos_token_id": 2.5 }""", "eos_token_id must be a token id from 0 to 4194303 or an array of them; held '2.5'.")]
    [InlineData("""{ "eos_token_id": [1, 99999999999] }""", "eos_token_id must be a token id from 0 to 4194303 or an array of them; held '99999999999'.")]
    [InlineData("""{ "eos_token_id": "</s>" }""", "eos_token_id must be a token id from 0 to 4194303 or an array of them; held '\"</s>\"'.")]
    [InlineData("""{ "eos_token_id": [[1]] }""", "eos_token_id must be a token id from 0 to 4194303 or an array of them; held '[1]'.")]
    [InlineData("[1]", "must be a JSON object.")]
    public void What_is_no_token_is_named(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("generation_config.json", text);
        Assert.Equal($"{path}: {problem}", Assert.Throws<ModelFormatException>(() => GenerationConfigFile.StopIds(folder.Path)).Message);
    }

    [Theory, InlineData(""), InlineData("{"), InlineData("""{ "eos_token_id": 1, "eos_token_id": 2 }"""), InlineData("""{ "\ud800": 1 }"""), InlineData("deep")]
    public void What_is_no_JSON_is_refused(string text)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("generation_config.json", text == "deep" ? new string('[', 100_000) : text);
        var error = Assert.Throws<ModelFormatException>(() => GenerationConfigFile.StopIds(folder.Path));
        Assert.StartsWith($"{path}: must be JSON without duplicate keys, at most 32 levels deep. ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_file_is_not_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("generation_config.json");
        using (var file = File.Create(path)) file.SetLength(1L << 30);
        Assert.Equal($"{path}: must be at most 16 MiB.", Assert.Throws<ModelFormatException>(() => GenerationConfigFile.StopIds(folder.Path)).Message);
    }
}
