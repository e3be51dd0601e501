using Alignment.Losses;
using Alignment.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Reference;

/// <summary>The flat layout with shared prompts and chunked log-probabilities against padded batches, two forwards and full logits, in float64.</summary>
public sealed class FlatLayoutTests
{
    private const double Tolerance = 1e-10;

    private static readonly TokenizedPair[] Pairs =
    [
        new([5, 9, 1, 30], [7, 2, 8, 2], [3, 2]),
        new([4], [11, 2], [12, 13, 14, 15, 16, 2]),
        new([6, 6, 6, 6, 6, 6, 6], [1, 2], [1, 2]),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Log_probabilities_equal_those_of_two_padded_forwards(bool tied)
    {
        using var scope = NewDisposeScope();
        using var model = Small(tied);
        using var layout = TokenLayout.Of(Pairs);
        var flat = model.PairLogProbs(layout);
        var (chosen, rejected) = Padded(model);
        TensorAssert.Near(chosen, flat.Chosen, Tolerance);
        TensorAssert.Near(rejected, flat.Rejected, Tolerance);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_of_the_loss_equal_those_of_two_padded_forwards(bool tied)
    {
        using var scope = NewDisposeScope();
        using var model = Small(tied);
        using var loss = new DpoLoss { Beta = 0.7 };
        var reference = new PairLogProbs(zeros([3], ScalarType.Float64), full([3], -1.0, ScalarType.Float64));

        var (chosen, rejected) = Padded(model);
        loss.call(new PairLogProbs(chosen, rejected), reference).PerPair.mean().backward();
        var expected = model.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.clone());
        foreach (var parameter in model.parameters()) parameter.grad = null;

        using var layout = TokenLayout.Of(Pairs);
        loss.call(model.PairLogProbs(layout), reference).PerPair.mean().backward();

        Assert.All(model.named_parameters(), p => TensorAssert.Near(expected[p.name], p.parameter.grad!, Tolerance));
        Assert.Equal(tied, !expected.ContainsKey("lm_head.weight"));
    }

    [Fact]
    public void Examples_alone_and_in_a_batch_have_the_same_log_probabilities()
    {
        using var scope = NewDisposeScope();
        using var model = Small(tied: false);
        TokenizedExample[] examples = [.. Pairs.Select(pair => new TokenizedExample(pair.Prompt, pair.Rejected))];
        using var together = TokenLayout.Of(examples);
        var alone = examples.Select(example =>
        {
            using var layout = TokenLayout.Of([example]);
            return model.TokenLogProbs(layout).Sum().Values;
        }).ToArray();
        TensorAssert.Near(cat(alone), model.TokenLogProbs(together).Sum().Values, Tolerance);
    }

    [Fact]
    public void Masked_examples_equal_padded_batches_with_masks_and_one_example_alone_equals_itself_among_others()
    {
        using var scope = NewDisposeScope();
        using var model = Small(tied: false);
        bool[][] masks = [[false, true, true, false], [true, false], [false, false, true]];
        TokenizedExample[] examples =
        [
            new([5, 9], [7, 2, 8, 2]) { Mask = masks[0] }, new([4, 4, 4], [11, 2]) { Mask = masks[1] }, new([6], [12, 13, 2]) { Mask = masks[2] },
        ];

        var expected = new PaddedLlama(model).ResponseLogProbs([.. examples.Select(example => (example.Prompt, example.Response))], masks);
        expected.sum().backward();
        var gradients = model.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.clone());
        foreach (var parameter in model.parameters()) parameter.grad = null;
        using var layout = TokenLayout.Of(examples);
        var flat = model.TokenLogProbs(layout).Sum();
        flat.Values.sum().backward();

        TensorAssert.Near(expected, flat.Values, Tolerance);
        Assert.Equal([2, 1, 1], flat.Lengths);
        Assert.All(model.named_parameters(), p => TensorAssert.Near(gradients[p.name], p.parameter.grad!, Tolerance));
        for (var i = 0; i < examples.Length; i++)
        {
            using var alone = TokenLayout.Of([examples[i]]);
            TensorAssert.Near(expected[i].view(1), model.TokenLogProbs(alone).Sum().Values, Tolerance);
        }
    }

    [Fact]
    public void The_order_of_pairs_does_not_matter()
    {
        using var scope = NewDisposeScope();
        using var model = Small(tied: false);
        using var forwards = TokenLayout.Of(Pairs);
        using var backwards = TokenLayout.Of([.. Pairs.Reverse()]);
        TensorAssert.Near(model.PairLogProbs(forwards).Rejected, model.PairLogProbs(backwards).Rejected.flip(0), Tolerance);
    }

    [Fact]
    public void A_batch_that_does_not_fit_the_model_is_refused()
    {
        using var model = Small(tied: false);
        using var layout = TokenLayout.Of([new TokenizedExample([.. Enumerable.Repeat(1, 16)], [2])]);
        var error = Assert.Throws<ArgumentException>(() => model.TokenLogProbs(layout));
        Assert.StartsWith("Sequences must have at most 16 tokens for this model; the longest has 17.", error.Message, StringComparison.Ordinal);
    }

    private static (Tensor Chosen, Tensor Rejected) Padded(DecoderModel model)
    {
        var reference = new PaddedLlama(model);
        return (reference.ResponseLogProbs([.. Pairs.Select(pair => (pair.Prompt, pair.Chosen))]),
            reference.ResponseLogProbs([.. Pairs.Select(pair => (pair.Prompt, pair.Rejected))]));
    }

    private static DecoderModel Small(bool tied) => DecoderModel.FromScratch(
        new DecoderConfig
        {
            VocabularySize = 40,
            HiddenSize = 24,
            IntermediateSize = 32,
            Layers = 2,
            Attention = new AttentionConfig { Heads = 4, KeyValueHeads = 2 },
            MaxPositions = 16,
            InitializerRange = 0.3,
            TieEmbeddings = tied,
            DataType = ScalarType.Float64,
        },
        seed: 3);
}
