using Alignment.Models;
using static TorchSharp.torch;

namespace Alignment.Tests.RunLoop;

/// <summary>A decoder of a few thousand parameters and rows to train it on.</summary>
internal static class SmallPolicy
{
    public const int Vocabulary = 20;

    public static readonly TokenizedPair[] Pairs = [.. Enumerable.Range(0, 8).Select(i => new TokenizedPair([1 + i, 2, 3], [4, 5 + i, 2], [6 + i, 2]))];

    public static readonly TokenizedResponse[] Responses = [.. Enumerable.Range(0, 8).Select(i => new TokenizedResponse([1 + i, 2, 3], [4 + i, 5, 2], i % 2 == 0))];

    public static DecoderModel New(ScalarType type = ScalarType.Float64, int seed = 5) => DecoderModel.FromScratch(
        new DecoderConfig
        {
            VocabularySize = Vocabulary,
            HiddenSize = 16,
            IntermediateSize = 24,
            Layers = 1,
            Attention = new AttentionConfig { Heads = 2 },
            MaxPositions = 24,
            InitializerRange = 0.2,
            DataType = type,
        },
        seed);

    /// <summary>The bits of all parameters.</summary>
    public static string[] Bits(nn.Module model) => [.. model.named_parameters().Select(entry => $"{entry.name} {Convert.ToHexString(entry.parameter.detach().contiguous().bytes)}")];
}
