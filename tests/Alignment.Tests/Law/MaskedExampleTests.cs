using Alignment.Models;
using Alignment.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Law;

/// <summary>Supervised fine-tuning on examples of which a mask lets only some tokens count.</summary>
public sealed class MaskedExampleTests
{
    private static readonly TokenizedExample[] Examples =
    [
        new([1, 2], [3, 4, 5, 6]) { Mask = [false, true, true, false] },
        new([7], [8, 9, 10, 11, 12, 13]) { Mask = [true, false, false, false, false, true] },
        new([3, 2, 1], [14, 15]),
        new([4], [5, 1, 1, 2]) { Mask = [false, false, false, true] },
    ];

    [Fact]
    public void The_loss_is_the_mean_over_the_tokens_that_count()
    {
        using var model = Small();
        var sum = 0.0;
        foreach (var example in Examples)
        {
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            using var layout = TokenLayout.Of([new TokenizedExample(example.Prompt, example.Response)]);
            var all = model.TokenLogProbs(layout).Values.data<double>().ToArray();
            sum += all.Where((_, t) => example.Mask is null || example.Mask[t]).Sum();
        }
        Assert.Equal(-sum / (2 + 2 + 2 + 1), Steps(model, batchSize: 4, accumulation: 1)[0].Loss, 12);
    }

    [Fact]
    public void Accumulated_examples_take_the_step_of_one_batch()
    {
        using var together = Small();
        using var apart = Small();
        var (one, many) = (Steps(together, batchSize: 4, accumulation: 1), Steps(apart, batchSize: 1, accumulation: 4));
        Assert.Equal(one[0].Loss, many[0].Loss, 12);
        Assert.Equal(one[0].GradientNorm, many[0].GradientNorm, 10);
    }

    private static List<SftStep> Steps(CausalLanguageModel model, int batchSize, int accumulation)
    {
        var recorder = new Runs.Recorder<SftStep>();
        var run = new RunOptions { MaxSteps = 1, BatchSize = batchSize, GradientAccumulationSteps = accumulation, Shuffle = false };
        new SftTrainer(model, new SftOptions { Run = run }).Train(Examples, null, recorder);
        return recorder.Steps;
    }

    private static DecoderModel Small() => DecoderModel.FromScratch(
        new DecoderConfig
        {
            VocabularySize = 24,
            HiddenSize = 16,
            IntermediateSize = 24,
            Layers = 1,
            Attention = new AttentionConfig { Heads = 2, KeyValueHeads = 1 },
            MaxPositions = 16,
            InitializerRange = 0.3,
            DataType = ScalarType.Float64,
        },
        seed: 5);
}
