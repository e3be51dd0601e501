namespace Alignment.Models.Tests;

/// <summary>The tokenizer and what else belongs to a model go along when it is saved.</summary>
public sealed class CompanionFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DecoderModel model = DecoderModel.FromScratch(TinyLlama.Config, 1);

    [Fact]
    public void Those_of_the_source_are_copied_and_its_other_files_are_not()
    {
        Directory.CreateDirectory(folder.File("source"));
        foreach (var name in (string[])["tokenizer.json", "generation_config.json", "chat_template.jinja", "README.md", "pytorch_model.bin", "model.safetensors", "config.json"])
            folder.Write(Path.Combine("source", name), $"{name} of the source");
        ModelFolder.Save(model.Config, model, folder.File("saved"), long.MaxValue, folder.File("source"));
        Assert.Equal(
            ["chat_template.jinja", "config.json", "generation_config.json", "model.safetensors", "tokenizer.json"],
            Directory.GetFiles(folder.File("saved")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("tokenizer.json of the source", File.ReadAllText(folder.File("saved", "tokenizer.json")));
        using var loaded = PretrainedModel.Load(folder.File("saved"));
    }

    [Fact]
    public void A_file_that_is_already_there_is_kept()
    {
        Directory.CreateDirectory(folder.File("source"));
        Directory.CreateDirectory(folder.File("saved"));
        folder.Write(Path.Combine("source", "tokenizer.json"), "source");
        folder.Write(Path.Combine("source", "merges.txt"), "source");
        folder.Write(Path.Combine("saved", "tokenizer.json"), "changed");
        ModelFolder.Save(model.Config, model, folder.File("saved"), long.MaxValue, folder.File("source"));
        Assert.Equal("changed", File.ReadAllText(folder.File("saved", "tokenizer.json")));
        Assert.Equal("source", File.ReadAllText(folder.File("saved", "merges.txt")));
    }

    [Fact]
    public void A_link_out_of_the_source_is_not_followed_but_one_of_the_hub_cache_is()
    {
        folder.Write("secret", "secret");
        Directory.CreateDirectory(folder.File("models--x", "blobs"));
        var snapshot = Directory.CreateDirectory(folder.File("models--x", "snapshots", "0123abcd")).FullName;
        folder.Write(Path.Combine("models--x", "blobs", "5e1f"), "template");
        File.CreateSymbolicLink(Path.Combine(snapshot, "chat_template.jinja"), Path.Combine("..", "..", "blobs", "5e1f"));
        File.CreateSymbolicLink(Path.Combine(snapshot, "tokenizer.json"), folder.File("secret"));
        ModelFolder.Save(model.Config, model, folder.File("saved"), long.MaxValue, snapshot);
        Assert.Equal("template", File.ReadAllText(folder.File("saved", "chat_template.jinja")));
        Assert.Null(new FileInfo(folder.File("saved", "chat_template.jinja")).LinkTarget);
        Assert.False(File.Exists(folder.File("saved", "tokenizer.json")));
    }

    [Fact]
    public void A_model_that_was_loaded_takes_those_of_its_folder_along()
    {
        using var loaded = PretrainedModel.Load(LlamaRecord.Folder);
        loaded.SavePretrained(folder.File("saved"));
        foreach (var name in (string[])["tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "generation_config.json"])
            Assert.Equal(File.ReadAllBytes(LlamaRecord.Path(name)), File.ReadAllBytes(folder.File("saved", name)));
    }

    [Fact]
    public void A_source_that_is_gone_is_no_reason_to_lose_the_model()
    {
        ModelFolder.Save(model.Config, model, folder.File("saved"), long.MaxValue, folder.File("gone"));
        using var loaded = PretrainedModel.Load(folder.File("saved"));
    }

    public void Dispose()
    {
        model.Dispose();
        folder.Dispose();
    }
}
