using Alignment.Models;
using Alignment.Tests.Runs;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.RunLoop;

/// <summary>The memory that a run counts, against pencil. How near it comes to what is measured, the benchmark says.</summary>
public sealed class MemoryEstimateTests
{
    // One pair: prompt 3, responses 3 and 2, so N = 8 tokens, M = 5 predicted; H = 16, 24 inside the unit, 2 heads of 8, V = 20.
    private const int Embedding = 20 * 16, Layer = 4 * 16 * 16 + 3 * 16 * 24 + 2 * 16, Parameters = 2 * Embedding + Layer + 16;
    private const int LayerInput = 8 * 16, End = 5 * 16 + 2 * 5 * 16;   // input and two tensors of the last norm
    private const int FirstNorm = 2 * 8 * 16;
    private const int Attention = 6 * 16 + 2 * 12 * 16 + 6 * 2 * (8 + 1) + 6 * 6;   // queries at 2 x 3 places, keys and values at 2 x 6, output, what is seen
    private const int Rows = 5 * 16 + 5 * 16 + 5 * 16 + 2 * 5 * 16 + 4 * 5 * 24;   // output's and queries' inputs, residual, norm, unit
    private const int Logits = 5 * 20;

    [Theory]
    [InlineData(ScalarType.Float32, 4)]
    [InlineData(ScalarType.Float64, 8)]
    public void A_model_of_one_layer_with_a_frozen_reference(ScalarType type, int width)
    {
        using var policy = SmallPolicy.New(type);
        using var start = policy.Copy();
        var estimate = Estimate(policy, ReferencePolicy.Frozen(start));
        const int activations = LayerInput + FirstNorm + Attention + Rows + End + Logits;
        Assert.Equal(width * Parameters, estimate.Weights);
        Assert.Equal(width * Parameters, estimate.Gradients);
        Assert.Equal(2 * width * Parameters, estimate.Optimizer);
        Assert.Equal(width * Parameters, estimate.Reference);
        Assert.Equal(width * activations, estimate.Activations);
        // All gradients and two copies of the largest weight are more than the activations and the gradient of the output.
        Assert.Equal(width * (5 * Parameters + 2 * 16 * 24), estimate.Peak);
    }

    [Fact]
    public void Weights_of_16_bits_have_masters_and_adapters_alone_have_gradients()
    {
        using var policy = SmallPolicy.New(ScalarType.BFloat16);
        using var start = policy.Copy();
        var full = Estimate(policy, ReferencePolicy.Frozen(start));
        Assert.Equal((2 * Parameters, 4 * Parameters, (2 * 4 + 4) * Parameters, 2 * Parameters), (full.Weights, full.Gradients, full.Optimizer, full.Reference));

        policy.Adapters.Add("policy", new LoraOptions { Rank = 2, Targets = LoraTargets.Named("q_proj") }, 1);
        var adapter = Estimate(policy, ReferencePolicy.BaseOf(policy));
        const int trained = 2 * 2 * 16;
        Assert.Equal((2 * Parameters + 4 * trained, 4 * trained, 8 * trained, 0), (adapter.Weights, adapter.Gradients, adapter.Optimizer, adapter.Reference));
    }

    [Fact]
    public void Gradients_of_earlier_batches_count_where_batches_accumulate_and_kept_numbers_for_a_cached_reference()
    {
        using var policy = SmallPolicy.New(ScalarType.Float32);
        var cached = ReferencePolicy.Cached(ReferenceLogProbs.Compute(policy, SmallPolicy.Pairs));
        var (one, two) = (Estimate(policy, cached, batchSize: 8), Estimate(policy, cached, batchSize: 8, accumulation: 2));
        Assert.Equal(4 * 8 * 5, one.Reference);
        Assert.Equal(one.Weights + one.Reference + one.Optimizer + one.Activations + 4 * Embedding, one.Peak);
        Assert.Equal(one.Peak + 4 * (Parameters - Embedding), two.Peak);
    }

    [Fact]
    public void Checkpointed_layers_keep_their_inputs_and_one_inside()
    {
        using var policy = SmallPolicy.New(ScalarType.Float32);
        using var layout = TokenLayout.Of(SmallPolicy.Pairs[..1]);
        policy.GradientCheckpointing = true;
        Assert.Equal(4 * (LayerInput + End + FirstNorm + Attention + Rows), policy.ActivationBytes(layout));   // the slopes are free by then
    }

    private static MemoryEstimate Estimate(DecoderModel policy, ReferencePolicy reference, int batchSize = 1, int accumulation = 1)
    {
        var recorder = new Recorder<DpoStep>();
        var run = new RunOptions { DryRun = true, Shuffle = false, BatchSize = batchSize, GradientAccumulationSteps = accumulation };
        new DpoTrainer(policy, reference, new DpoOptions { Run = run }).Train(batchSize == 1 ? SmallPolicy.Pairs[..1] : SmallPolicy.Pairs, observer: recorder);
        return recorder.Events.OfType<MemoryEstimated>().Single().Estimate;
    }
}
