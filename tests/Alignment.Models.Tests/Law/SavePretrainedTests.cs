using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>A model that is saved and loaded is the same model, bit by bit, and files appear in full or not at all.</summary>
public sealed class SavePretrainedTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<bool, ScalarType, long> Kinds => new()
    {
        { false, ScalarType.Float32, long.MaxValue },
        { true, ScalarType.Float32, long.MaxValue },
        { false, ScalarType.BFloat16, 3000 },
        { true, ScalarType.Float16, 1 },
        { false, ScalarType.Float64, 20_000 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Saved_and_loaded(bool tied, ScalarType type, long maxShardBytes)
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config with { TieEmbeddings = tied, DataType = type, MlpBias = true }, 3);
        model.SavePretrained(folder.File("model"), maxShardBytes);
        Assert.Equal(maxShardBytes == long.MaxValue, File.Exists(folder.File("model", "model.safetensors")));
        using var loaded = PretrainedModel.Load(folder.File("model"));
        AssertSame(model, loaded);
        Assert.Equal(model.Config, loaded.Config with { Source = null, Attention = loaded.Config.Attention with { HeadSize = null } });
        Assert.Equal(["model"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Shards_fill_up_in_order_and_stay_below_their_size()
    {
        using var model = PretrainedModel.Load(LlamaRecord.Folder);
        model.SavePretrained(folder.File("model"), 160_000);
        Assert.Equal(
            ["model-00001-of-00003.safetensors", "model-00002-of-00003.safetensors", "model-00003-of-00003.safetensors", "model.safetensors.index.json"],
            Directory.GetFiles(folder.File("model")).Select(Path.GetFileName).Where(name => name!.StartsWith("model", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var index = WeightIndex.Read(folder.File("model", "model.safetensors.index.json"));
        Assert.Equal(model.named_parameters().Select(entry => entry.name).Order(StringComparer.Ordinal), index.Keys);
        // transformers split the same model at the same size into the same shards.
        Assert.Equal(WeightIndex.Read(LlamaRecord.Path("model.safetensors.index.json")), index);
    }

    [Fact]
    public void A_folder_that_is_there_keeps_its_other_files_and_loses_its_old_weights()
    {
        using var first = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var second = DecoderModel.FromScratch(TinyLlama.Config, 2);
        first.SavePretrained(folder.File("model"), 3000);
        folder.Write(Path.Combine("model", "tokenizer.json"), "{}");
        second.SavePretrained(folder.File("model"));
        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json"], Directory.GetFiles(folder.File("model")).Select(Path.GetFileName).Order());
        using (var loaded = PretrainedModel.Load(folder.File("model"))) AssertSame(second, loaded);
        first.SavePretrained(folder.File("model"), 3000);
        using (var loaded = PretrainedModel.Load(folder.File("model"))) AssertSame(first, loaded);
    }

    [Fact]
    public void A_save_that_fails_leaves_the_folder_as_it_was()
    {
        using var first = DecoderModel.FromScratch(TinyLlama.Config, 1);
        first.SavePretrained(folder.File("model"));
        using var second = DecoderModel.FromScratch(TinyLlama.Config, 2);
        Directory.CreateDirectory(folder.File("source"));
        // After the weights, the tokenizer cannot be read.
        using (new FileStream(folder.File("source", "tokenizer.json"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            Assert.Throws<IOException>(() => ModelFolder.Save(second.Config, second, folder.File("model"), long.MaxValue, folder.File("source")));
        using var loaded = PretrainedModel.Load(folder.File("model"));
        AssertSame(first, loaded);
        Assert.Equal(["model", "source"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_model_with_a_disposed_parameter_is_not_saved_without_it()
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        model.named_parameters().Single(entry => entry.name == "model.norm.weight").parameter.Dispose();
        var error = Assert.Throws<ObjectDisposedException>(() => model.SavePretrained(folder.File("model")));
        Assert.Equal("model.norm.weight", error.ObjectName);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Another_type_is_asked_for_when_loading()
    {
        using var scope = NewDisposeScope();
        using var model = PretrainedModel.Load(LlamaRecord.Folder);
        using var half = PretrainedModel.Load(LlamaRecord.Folder, ScalarType.BFloat16);
        Assert.Equal(ScalarType.BFloat16, half.Config.DataType);
        foreach (var ((_, one), (_, two)) in model.named_parameters().Zip(half.named_parameters()))
            Assert.Equal(one.detach().to(ScalarType.BFloat16).bytes.ToArray(), two.detach().bytes.ToArray());
    }

    [Fact]
    public void Another_type_after_loading_is_what_is_saved()
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        TorchSharp.ModuleExtensionMethods.to(model, ScalarType.BFloat16);
        model.SavePretrained(folder.File("model"));
        using var loaded = PretrainedModel.Load(folder.File("model"));
        Assert.Equal(ScalarType.BFloat16, loaded.OutputWeight.dtype);
        AssertSame(model, loaded);
    }

    public void Dispose() => folder.Dispose();

    private static void AssertSame(DecoderModel expected, DecoderModel actual)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected.named_parameters().Select(entry => entry.name), actual.named_parameters().Select(entry => entry.name));
        foreach (var ((_, one), (_, two)) in expected.named_parameters().Zip(actual.named_parameters()))
        {
            Assert.Equal(one.dtype, two.dtype);
            Assert.Equal(one.shape, two.shape);
            Assert.Equal(one.detach().bytes.ToArray(), two.detach().bytes.ToArray());
        }
    }
}
