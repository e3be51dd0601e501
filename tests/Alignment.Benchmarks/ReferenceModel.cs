using Alignment.Models;

namespace Alignment.Benchmarks;

/// <summary>The model of all speed benchmarks: 34 M parameters, the shapes that were measured with other libraries.</summary>
internal static class ReferenceModel
{
    public static DecoderConfig Config { get; } = new()
    {
        VocabularySize = 32_000,
        HiddenSize = 384,
        IntermediateSize = 1024,
        Layers = 6,
        Attention = new AttentionConfig { Heads = 6, KeyValueHeads = 2 },
        MaxPositions = 2048,
    };

    /// <summary>Weights that multiply every token: all but the embedding, of which a token reads one row.</summary>
    public static long MultipliedWeights(DecoderModel model) =>
        model.parameters().Sum(parameter => parameter.NumberOfElements) - (long)Config.VocabularySize * Config.HiddenSize;

    public static int[] Ids(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(Config.VocabularySize))];
}
