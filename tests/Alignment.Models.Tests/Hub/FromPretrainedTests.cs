using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>From the name of a repository to a model.</summary>
public sealed class FromPretrainedTests : IDisposable
{
    private static readonly string[] Published =
    [
        "config.json", "generation_config.json", "chat_template.jinja", "tokenizer.json", "tokenizer_config.json", "model.safetensors.index.json",
        "model-00001-of-00003.safetensors", "model-00002-of-00003.safetensors", "model-00003-of-00003.safetensors",
    ];

    private readonly FakeHub hub = new([.. Published.Select(name => (name, File.ReadAllBytes(Golden.Path("models", "llama", name))))]);

    [Fact]
    public async Task A_model_in_shards_then_once_more_offline()
    {
        var reports = new Reports();
        using var model = await ModelHub.FromPretrainedAsync(FakeHub.Repository, options: hub.Options with { Connections = 4 }, progress: reports);
        using var expected = PretrainedModel.Load(Golden.Path("models", "llama"));
        Assert.Equal(expected.Config with { Source = null }, model.Config with { Source = null });
        AssertSameWeights(expected, model);
        Assert.Equal(hub.Files.Sum(file => (long)file.Value.Length), reports[^1].TotalBytes);
        Assert.Equal(3, hub.FileServer.Requests.Count);

        var before = hub.Requests.Count();
        using var again = await ModelHub.FromPretrainedAsync(FakeHub.Repository, dataType: float64, options: hub.Options with { IsOffline = true });
        Assert.Equal(ScalarType.Float64, again.OutputWeight.dtype);
        Assert.Equal(before, hub.Requests.Count());
    }

    [Fact]
    public async Task A_folder_needs_no_hub()
    {
        using var model = await ModelHub.FromPretrainedAsync(Golden.Path("models", "llama"), options: hub.Options);
        using var expected = PretrainedModel.Load(Golden.Path("models", "llama"));
        AssertSameWeights(expected, model);
        Assert.Empty(hub.Requests);
    }

    [Fact]
    public async Task A_name_that_is_neither_a_folder_nor_a_repository()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => ModelHub.FromPretrainedAsync("/no/such/folder", options: hub.Options));
        Assert.Equal("A model must be a folder that exists or a repository such as 'org/name'; was '/no/such/folder'. (Parameter 'repository')", error.Message);
    }

    public void Dispose() => hub.Dispose();

    private static void AssertSameWeights(DecoderModel expected, DecoderModel actual)
    {
        var weights = actual.state_dict();
        Assert.All(expected.state_dict(), entry => Assert.Equal(0, TinyLlama.LargestDifference(entry.Value, weights[entry.Key])));
    }
}
