using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>What the config.json of published models reads to, and that their parameters are those of the published files.</summary>
public sealed class PublishedModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. PublishedModel.Names];

    /// <summary>As the model cards and the metadata of the safetensors files say.</summary>
    [Theory]
    [InlineData("Llama-2-7b-hf", 6_738_415_616)]
    [InlineData("Llama-3.1-8B", 8_030_261_248)]
    [InlineData("Llama-3.1-8B-Instruct", 8_030_261_248)]
    [InlineData("Llama-3.2-1B", 1_235_814_400)]
    [InlineData("Mistral-7B-v0.1", 7_241_732_096)]
    [InlineData("Mistral-7B-v0.3", 7_248_023_552)]
    [InlineData("Mistral-Nemo-Base-2407", 12_247_782_400)]
    [InlineData("Qwen2-0.5B", 494_032_768)]
    [InlineData("Qwen2.5-0.5B", 494_032_768)]
    [InlineData("Qwen2.5-7B-Instruct", 7_615_616_512)]
    [InlineData("Qwen3-0.6B", 596_049_920)]
    [InlineData("Qwen3-8B", 8_190_735_360)]
    [InlineData("gemma-2-2b", 2_614_341_888)]
    [InlineData("gemma-2-9b", 9_241_705_984)]
    [InlineData("gemma-3-1b-it", 999_885_952)]
    [InlineData("Phi-3-mini-4k-instruct", 3_821_079_552)]
    [InlineData("Phi-3-mini-128k-instruct-2024-04", 3_821_079_552)]
    [InlineData("Phi-3-mini-128k-instruct", 3_821_079_552)]
    [InlineData("Phi-3.5-mini-instruct", 3_821_079_552)]
    [InlineData("Phi-4-mini-instruct", 3_836_021_760)]
    [InlineData("gpt2", 124_439_808)]
    [InlineData("gpt2-xl", 1_557_611_200)]
    public void Number_of_parameters(string name, long expected) =>
        Assert.Equal(expected, PublishedModel.Shapes(name).Values.Sum(shape => shape.Aggregate(1L, (product, size) => product * size)));

    [Theory]
    [InlineData("Llama-2-7b-hf", "llama", 4096, 1e-5, 1e4, false, ScalarType.Float16)]
    [InlineData("Llama-3.1-8B", "llama", 131_072, 1e-5, 5e5, false, ScalarType.BFloat16)]
    [InlineData("Llama-3.2-1B", "llama", 131_072, 1e-5, 5e5, true, ScalarType.BFloat16)]
    [InlineData("Mistral-7B-v0.1", "mistral", 32_768, 1e-5, 1e4, false, ScalarType.BFloat16)]
    [InlineData("Mistral-7B-v0.3", "mistral", 32_768, 1e-5, 1e6, false, ScalarType.BFloat16)]
    [InlineData("Mistral-Nemo-Base-2407", "mistral", 128_000, 1e-5, 1e6, false, ScalarType.BFloat16)]
    [InlineData("Qwen2-0.5B", "qwen2", 131_072, 1e-6, 1e6, true, ScalarType.BFloat16)]
    [InlineData("Qwen2.5-7B-Instruct", "qwen2", 32_768, 1e-6, 1e6, false, ScalarType.BFloat16)]
    [InlineData("Qwen3-0.6B", "qwen3", 40_960, 1e-6, 1e6, true, ScalarType.BFloat16)]
    [InlineData("Qwen3-8B", "qwen3", 40_960, 1e-6, 1e6, false, ScalarType.BFloat16)]
    [InlineData("gemma-2-2b", "gemma2", 8192, 1e-6, 1e4, true, ScalarType.Float32)]
    [InlineData("gemma-2-9b", "gemma2", 8192, 1e-6, 1e4, true, ScalarType.Float32)]
    [InlineData("gemma-3-1b-it", "gemma3_text", 32_768, 1e-6, 1e6, true, ScalarType.BFloat16)]
    [InlineData("Phi-3-mini-4k-instruct", "phi3", 4096, 1e-5, 1e4, false, ScalarType.BFloat16)]
    [InlineData("Phi-3-mini-128k-instruct", "phi3", 131_072, 1e-5, 1e4, false, ScalarType.BFloat16)]
    [InlineData("Phi-4-mini-instruct", "phi3", 131_072, 1e-5, 1e4, true, ScalarType.BFloat16)]
    [InlineData("gpt2", "gpt2", 1024, 1e-5, 1e4, true, ScalarType.Float32)]
    public void Family_longest_sequence_epsilon_base_tie_and_type(
        string name, string family, int positions, double epsilon, double theta, bool isTied, ScalarType type)
    {
        var config = PublishedModel.Config(name);
        Assert.Equal(
            (family, positions, epsilon, theta, isTied, type),
            (config.ModelType, config.MaxPositions, config.NormEpsilon, config.Rope.Theta, config.TieEmbeddings, config.DataType));
    }

    /// <summary>Heads, key heads, their width, and how much of it is turned.</summary>
    [Theory]
    [InlineData("Llama-2-7b-hf", 32, 32, 128, 128)]
    [InlineData("Llama-3.2-1B", 32, 8, 64, 64)]
    [InlineData("Mistral-Nemo-Base-2407", 32, 8, 128, 128)]
    [InlineData("Qwen2-0.5B", 14, 2, 64, 64)]
    [InlineData("Qwen3-0.6B", 16, 8, 128, 128)]
    [InlineData("gemma-2-9b", 16, 8, 256, 256)]
    [InlineData("gemma-3-1b-it", 4, 1, 256, 256)]
    [InlineData("Phi-3-mini-4k-instruct", 32, 32, 96, 96)]
    [InlineData("Phi-4-mini-instruct", 24, 8, 128, 96)]
    [InlineData("gpt2", 12, 12, 64, 64)]
    public void Heads(string name, int heads, int keyValueHeads, int size, int turned)
    {
        var config = PublishedModel.Config(name);
        Assert.Equal((heads, keyValueHeads, size, turned), (config.Attention.Heads, config.Attention.KeyValueHeads, config.HeadSize, config.TurnedSize(config.Rope)));
    }

    [Theory]
    [InlineData("Llama-3.1-8B", null, "")]
    [InlineData("Mistral-7B-v0.1", 4096, "11111111111111111111111111111111")]
    [InlineData("Mistral-7B-v0.3", null, "")]
    [InlineData("Mistral-Nemo-Base-2407", null, "")]
    [InlineData("Qwen2-0.5B", null, "")]            // sliding_window 131072, use_sliding_window false
    [InlineData("Qwen2.5-7B-Instruct", null, "")]
    [InlineData("Qwen3-8B", null, "")]
    [InlineData("gemma-2-2b", 4096, "10101010101010101010101010")]
    [InlineData("gemma-3-1b-it", 512, "11111011111011111011111011")]
    [InlineData("Phi-3-mini-4k-instruct", 2047, "11111111111111111111111111111111")]
    [InlineData("Phi-4-mini-instruct", 262_144, "11111111111111111111111111111111")]
    [InlineData("gpt2", null, "")]
    public void Window_of_each_layer(string name, int? size, string layers)
    {
        var config = PublishedModel.Config(name);
        Assert.Equal(size, config.Attention.Window?.Size);
        Assert.Equal(layers, config.Attention.Window is { } window ? string.Concat(Enumerable.Range(0, config.Layers).Select(layer => window.IsIn(layer) ? 1 : 0)) : "");
    }

    [Theory]
    [InlineData("gemma-2-2b", 256.0, 50.0, 30.0)]
    [InlineData("gemma-3-1b-it", 256.0, null, null)]
    [InlineData("Qwen3-8B", null, null, null)]
    public void Query_scale_and_caps(string name, double? scale, double? attention, double? logits)
    {
        var config = PublishedModel.Config(name);
        Assert.Equal((scale, attention, logits), (config.Attention.QueryScale, config.Attention.SoftCap, config.LogitSoftCap));
    }

    [Fact]
    public void Scaling_of_llama3()
    {
        Assert.Equal(new Llama3RopeScaling { Factor = 8, OriginalMaxPositions = 8192 }, PublishedModel.Config("Llama-3.1-8B").Rope.Scaling);
        Assert.Equal(new Llama3RopeScaling { Factor = 32, OriginalMaxPositions = 8192 }, PublishedModel.Config("Llama-3.2-1B").Rope.Scaling);
    }

    [Fact]
    public void Two_bases_of_gemma3()
    {
        var config = PublishedModel.Config("gemma-3-1b-it");
        Assert.Equal((new RopeConfig { Theta = 1e6 }, new RopeConfig { Theta = 1e4 }), (config.Rope, config.LocalRope));
    }

    [Fact]
    public void Scaling_of_phi3_by_its_old_and_its_new_name()
    {
        var config = PublishedModel.Config("Phi-3-mini-128k-instruct");
        var scaling = Assert.IsType<LongRopeScaling>(config.Rope.Scaling);
        Assert.Equal((4096, null, 48, 48), (scaling.OriginalMaxPositions, scaling.AttentionFactor, scaling.ShortFactors.Count, scaling.LongFactors.Count));
        Assert.Equal((1.05, 3.049999999999997, 1.0299999713897705, 64.81001281738281), (scaling.ShortFactors[0], scaling.ShortFactors[47], scaling.LongFactors[0], scaling.LongFactors[47]));
        Assert.Equal(config with { Source = null }, PublishedModel.Config("Phi-3-mini-128k-instruct-2024-04") with { Source = null });
        Assert.Equal(0.75, PublishedModel.Config("Phi-4-mini-instruct").Rope.Fraction);
        Assert.Null(PublishedModel.Config("Phi-3-mini-4k-instruct").Rope.Scaling);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Saved_it_says_the_same(string name)
    {
        PublishedModel.Config(name).Save(folder.File("config.json"));
        Assert.True(JsonNode.DeepEquals(Parsed(PublishedModel.Path(name)), Parsed(folder.File("config.json"))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_type_changes_its_key_alone(string name)
    {
        (PublishedModel.Config(name) with { DataType = ScalarType.Float64 }).Save(folder.File("config.json"));
        var (before, after) = (Parsed(PublishedModel.Path(name)), Parsed(folder.File("config.json")));
        string[] keys = before.ContainsKey("torch_dtype") ? ["torch_dtype"] : ["dtype", "torch_dtype"];
        Assert.Equal(keys, after.Select(entry => entry.Key).Where(key => !JsonNode.DeepEquals(before[key], after[key])));
        foreach (var key in keys) Assert.Equal("float64", after[key]!.GetValue<string>());
    }

    public void Dispose() => folder.Dispose();

    private static JsonObject Parsed(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();
}
