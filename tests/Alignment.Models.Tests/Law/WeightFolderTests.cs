using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Folders of weights that are wrong or hostile.</summary>
public sealed class WeightFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("../secret.safetensors")]
    [InlineData("/etc/secret.safetensors")]
    [InlineData("sub/secret.safetensors")]
    [InlineData("sub\\secret.safetensors")]
    [InlineData("C:secret.safetensors")]
    [InlineData("..")]
    [InlineData("")]
    public void An_index_names_plain_files_only(string name)
    {
        var index = Index(("a", name));
        Fails($"{index}: must name plain files of its own folder; named '{name}'.");
    }

    [Fact]
    public void A_shard_that_is_not_there()
    {
        var index = Index(("a", "model-00001-of-00002.safetensors"));
        Fails($"{index}: names 'model-00001-of-00002.safetensors', which is not in the folder. Was the download complete?");
    }

    [Fact]
    public void A_link_out_of_the_folder()
    {
        using var elsewhere = new TemporaryFolder();
        var target = Weights(elsewhere.File("secret.safetensors"), "a");
        File.CreateSymbolicLink(folder.File("shard.safetensors"), target);
        var index = Index(("a", "shard.safetensors"));
        Fails($"{index}: 'shard.safetensors' must lie in the model's folder; it is a link to '{target}'.");
    }

    [Fact]
    public void A_link_out_of_the_folder_by_way_of_a_linked_folder()
    {
        using var elsewhere = new TemporaryFolder();
        var target = Weights(elsewhere.File("secret.safetensors"), "a");
        Directory.CreateSymbolicLink(folder.File("sub"), elsewhere.Path);
        File.CreateSymbolicLink(folder.File("model.safetensors"), Path.Combine("sub", "secret.safetensors"));
        Fails($"{folder.Path}: 'model.safetensors' must lie in the model's folder; it is a link to '{target}'.");
    }

    [Fact]
    public void Links_of_the_hub_cache_are_followed()
    {
        Directory.CreateDirectory(folder.File("models--x", "blobs"));
        var snapshot = Directory.CreateDirectory(folder.File("models--x", "snapshots", "0123abcd")).FullName;
        Weights(folder.File("models--x", "blobs", "5e1f"), "a");
        File.CreateSymbolicLink(Path.Combine(snapshot, "model.safetensors"), Path.Combine("..", "..", "blobs", "5e1f"));
        using var files = WeightFiles.Open(snapshot);
        Assert.Equal(["a"], files.Names);
    }

    [Fact]
    public void A_folder_reached_through_a_link()
    {
        var real = Directory.CreateDirectory(folder.File("real")).FullName;
        Weights(Path.Combine(real, "model.safetensors"), "a");
        Directory.CreateSymbolicLink(folder.File("linked"), real);
        using var files = WeightFiles.Open(folder.File("linked"));
        Assert.Equal(["a"], files.Names);
    }

    [Fact]
    public void A_tensor_that_is_not_in_its_shard_or_not_in_the_index()
    {
        Weights(folder.File("one.safetensors"), "a", "b");
        var index = Index(("a", "one.safetensors"), ("b", "one.safetensors"), ("c", "one.safetensors"));
        Fails($"{index}: tensor 'c': must be in 'one.safetensors'; is not.");
        Index(("a", "one.safetensors"));
        Fails($"{folder.File("one.safetensors")}: tensor 'b': must stand in the index model.safetensors.index.json under this file; does not.");
    }

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("model.pt")]
    [InlineData("weights.PTH")]
    [InlineData("a.pkl")]
    [InlineData("last.ckpt")]
    public void Pickle_is_refused_with_a_hint(string name)
    {
        folder.Write(name, "");
        Fails($"{folder.Path}: weights must be safetensors; found '{name}', a format that can run code when it is opened. "
            + "Convert it with a Python that has transformers: AutoModelForCausalLM.from_pretrained(folder).save_pretrained(new_folder).");
    }

    [Fact]
    public void No_weights_at_all() => Fails($"{folder.Path}: must hold model.safetensors or model.safetensors.index.json; holds neither.");

    [Theory]
    [InlineData("[]", ": must be an object with a weight_map.")]
    [InlineData("""{"weight_map":[]}""", ": must be an object with a weight_map.")]
    [InlineData("""{"weight_map":{"a":1}}""", ": weight_map must give a file name for 'a'; gave Number.")]
    public void An_index_of_another_form(string text, string message)
    {
        var index = folder.Write("model.safetensors.index.json", text);
        Fails(index + message);
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"x","a":"y"}}""")]
    [InlineData("{")]
    [InlineData("""{"weight_map":{"a":"\ud800"}}""")]
    public void An_index_that_is_no_json(string text)
    {
        var index = folder.Write("model.safetensors.index.json", text);
        Assert.StartsWith($"{index}: must be JSON without duplicate keys. ", Assert.Throws<SafetensorsException>(() => WeightFiles.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private void Fails(string message) => Assert.Equal(message, Assert.Throws<SafetensorsException>(() => WeightFiles.Open(folder.Path)).Message);

    private static string Weights(string path, params string[] names)
    {
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(path, names.Select(name => (name, ones(1))));
        return path;
    }

    private string Index(params (string Tensor, string File)[] entries) => folder.Write("model.safetensors.index.json",
        System.Text.Json.JsonSerializer.Serialize(new { weight_map = entries.ToDictionary(entry => entry.Tensor, entry => entry.File) }));
}
