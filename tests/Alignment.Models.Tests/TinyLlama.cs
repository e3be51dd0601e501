using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Small models written in code.</summary>
internal static class TinyLlama
{
    public static DecoderConfig Config { get; } = new()
    {
        VocabularySize = 37,
        HiddenSize = 24,
        IntermediateSize = 40,
        Layers = 2,
        MaxPositions = 64,
        InitializerRange = 0.3,
        Attention = new AttentionConfig { Heads = 4, KeyValueHeads = 2 },
    };

    public static TokenLayout Layout(params int[][] rows) => TokenLayout.Of([.. rows.Select(row => new TokenizedExample(row[..1], row[1..]))]);

    public static int[] Ids(int seed, int length, int vocabulary = 37)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(vocabulary))];
    }

    public static double LargestDifference(Tensor one, Tensor two)
    {
        using var scope = NewDisposeScope();
        return (one.to(ScalarType.Float64) - two.to(ScalarType.Float64)).abs().max().item<double>();
    }
}
