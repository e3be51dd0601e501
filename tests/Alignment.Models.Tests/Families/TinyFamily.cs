using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>A small configuration of each family, written in code, with all that is special in it: windows shorter than the texts of the tests.</summary>
internal static class TinyFamily
{
    public static readonly string[] Names = ["llama", "mistral", "qwen2", "qwen3", "gemma2", "gemma3_text", "phi3", "gpt2"];

    public static TheoryData<string> All => [.. Names];

    public static DecoderConfig Config(string family)
    {
        var config = TinyLlama.Config with { ModelType = family, DataType = ScalarType.Float64, NormEpsilon = 1e-5 };
        return family switch
        {
            "llama" => config with
            {
                Attention = new AttentionConfig { Heads = 4, KeyValueHeads = 2, HeadSize = 6, Bias = true },
                MlpBias = true,
                Rope = new RopeConfig { Theta = 1000, Scaling = new Llama3RopeScaling { Factor = 8, OriginalMaxPositions = 32 } },
            },
            "mistral" => config with { Attention = new AttentionConfig { Heads = 4, KeyValueHeads = 2, HeadSize = 8, Window = new SlidingWindow { Size = 5 } } },
            "qwen2" => config with
            {
                Attention = new AttentionConfig { Heads = 6, KeyValueHeads = 2, HeadSize = 4, Window = new SlidingWindow { Size = 3, Layers = [1] } },
                TieEmbeddings = true,
                Rope = new RopeConfig { Theta = 1e6 },
            },
            "qwen3" => config with
            {
                Attention = new AttentionConfig { Heads = 3, KeyValueHeads = 1, HeadSize = 10, Bias = true, Window = new SlidingWindow { Size = 4, Layers = [1] } },
            },
            "gemma2" => config with
            {
                Attention = new AttentionConfig
                {
                    Heads = 4, KeyValueHeads = 2, HeadSize = 8, QueryScale = 5, SoftCap = 1.5, Window = new SlidingWindow { Size = 4, Layers = [0] },
                },
                LogitSoftCap = 2.5,
                TieEmbeddings = true,
            },
            "gemma3_text" => config with
            {
                Layers = 3,
                Attention = new AttentionConfig { Heads = 4, KeyValueHeads = 1, HeadSize = 6, QueryScale = 7.5, Window = new SlidingWindow { Size = 3, Layers = [0, 2] } },
                TieEmbeddings = true,
                Rope = new RopeConfig { Theta = 1e6, Scaling = new LinearRopeScaling { Factor = 8 } },
                LocalRope = new RopeConfig { Theta = 100 },
            },
            "phi3" => config with
            {
                Attention = new AttentionConfig { Heads = 4, KeyValueHeads = 2, HeadSize = 8, Window = new SlidingWindow { Size = 5 } },
                Rope = new RopeConfig
                {
                    Theta = 100,
                    Fraction = 0.5,
                    Scaling = new LongRopeScaling { ShortFactors = [1, 1.5], LongFactors = [2, 6], OriginalMaxPositions = 9 },
                },
            },
            "gpt2" => config with { Attention = new AttentionConfig { Heads = 4 }, TieEmbeddings = true },
            _ => throw new ArgumentOutOfRangeException(nameof(family)),
        };
    }

    /// <summary>The model, with norms and biases that are not those of a new one: a wrong one would be seen.</summary>
    public static DecoderModel Model(string family, ScalarType type = ScalarType.Float64) => Shaken(DecoderModel.FromScratch(Config(family) with { DataType = type }, 7));

    public static DecoderModel Shaken(DecoderModel model)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator(8);
        foreach (var (_, parameter) in model.named_parameters())
            if (parameter.dim() == 1) parameter.add_(randn(parameter.shape, ScalarType.Float64, generator: generator).to(parameter.dtype) * 0.2);
        return model;
    }
}
