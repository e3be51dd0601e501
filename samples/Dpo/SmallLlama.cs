using Alignment.Models;

namespace Alignment.Samples.Dpo;

/// <summary>The policy: a pretrained model where one is named, else a Llama small enough to learn from scratch in a minute.</summary>
internal static class SmallLlama
{
    public static DecoderModel Or(Arguments arguments, ITokenizer tokenizer) => arguments.Model is { } folder
        ? PretrainedModel.Load(folder)
        : DecoderModel.FromScratch(
            new DecoderConfig
            {
                VocabularySize = tokenizer.VocabularySize,
                HiddenSize = 192,
                IntermediateSize = 512,
                Layers = 4,
                Attention = new AttentionConfig { Heads = 6, KeyValueHeads = 2 },
                MaxPositions = 512,
                TieEmbeddings = true,
            },
            arguments.Seed);
}
