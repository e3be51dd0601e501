using static TorchSharp.torch;

namespace Alignment.Models.Tests.Adapters;

/// <summary>Dropout: how much, when, and that the same numbers come back where a layer is computed again.</summary>
public sealed class AdapterDropoutTests
{
    private static readonly LoraOptions Dropping = TinyAdapters.Everything with { Dropout = 0.4 };

    [Fact]
    public void The_share_is_dropped_and_the_rest_made_larger()
    {
        using var scope = NewDisposeScope();
        var state = new AdapterState { DropoutState = 3 };
        var rows = ones(200, 100);
        Assert.Same(rows, state.Dropped(rows, 0.25));   // outside a pass
        using var pass = state.Begin(drops: true);
        Assert.Same(rows, state.Dropped(rows, 0));
        var numbers = state.Dropped(rows, 0.25).data<float>().ToArray();
        Assert.Equal([0, 1 / 0.75f], numbers.Distinct().Order());
        // 20,000 draws: the standard deviation of the share is √(0.25 · 0.75 / 20000) = 0.0031.
        Assert.InRange(numbers.Count(number => number == 0) / 20000.0, 0.25 - 0.0124, 0.25 + 0.0124);
        Assert.NotEqual(numbers, state.Dropped(rows, 0.25).data<float>().ToArray());
        state.DropoutState = 3;
        Assert.Equal(numbers, state.Dropped(rows, 0.25).data<float>().ToArray());
    }

    [Fact]
    public void It_acts_in_training_with_gradients_alone_and_leaves_the_global_generator()
    {
        using var scope = NewDisposeScope();
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        TinyAdapters.Add(model, "a", Dropping, 1);
        using var layout = TinyAdapters.Layout();
        var quiet = model.TokenLogProbs(layout).Values.detach();
        Assert.NotEqual(0UL, model.Adapters.DropoutState);   // a new model is in training mode
        var state = model.Adapters.DropoutState;
        model.eval();
        quiet = model.TokenLogProbs(layout).Values.detach();
        model.train();
        using (no_grad()) TinyAdapters.AssertSameBits(quiet, model.TokenLogProbs(layout).Values);
        Assert.Equal(state, model.Adapters.DropoutState);
        var global = random.get_rng_state();
        TinyAdapters.AssertDiffer(quiet, model.TokenLogProbs(layout).Values.detach());
        TinyAdapters.AssertSameBits(global, random.get_rng_state());
    }

    [Fact]
    public void From_the_same_state_the_same_step_has_the_same_bits()
    {
        using var scope = NewDisposeScope();
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        TinyAdapters.Add(model, "a", Dropping, 1);
        using var layout = TinyAdapters.Layout();
        TinyAdapters.Loss(model, layout);
        var state = model.Adapters.DropoutState;
        var first = TinyAdapters.Loss(model, layout);
        TinyAdapters.AssertDiffer(first, TinyAdapters.Loss(model, layout));
        model.Adapters.DropoutState = state;
        TinyAdapters.AssertSameBits(first, TinyAdapters.Loss(model, layout));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Checkpointing_draws_the_same_numbers_again_whatever_is_active_in_backward(bool isBaseTrained) => SameGradients(CPU, isBaseTrained);

    [CudaTheory, InlineData(false), InlineData(true), Trait("Category", "Cuda")]
    public void On_a_CUDA_device_too(bool isBaseTrained) => SameGradients(CUDA, isBaseTrained);

    private static void SameGradients(Device device, bool isBaseTrained)
    {
        using var scope = NewDisposeScope();
        var plain = Gradients(device, isBaseTrained, usesCheckpointing: false);
        var again = Gradients(device, isBaseTrained, usesCheckpointing: true);
        Assert.Equal(plain.Keys, again.Keys);
        foreach (var (name, gradient) in plain) TinyAdapters.AssertSameBits(gradient, again[name]);
    }

    /// <summary>Two forward passes under two adapters, then both backward passes with no adapter active.</summary>
    private static Dictionary<string, Tensor> Gradients(Device device, bool isBaseTrained, bool usesCheckpointing)
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1, device);
        model.Backbone.UsesActivationCheckpointing = usesCheckpointing;
        var options = Dropping with { ModulesToSave = ["embed_tokens", "o_proj", "lm_head"] };
        TinyAdapters.Add(model, "policy", options, 1);
        TinyAdapters.Add(model, "value", Dropping, 2);
        foreach (var (_, parameter) in model.BaseParameters()) parameter.requires_grad_(isBaseTrained);   // a copied one is then not used
        using var layout = TinyAdapters.Layout(device);
        var policy = TinyAdapters.Loss(model, layout);
        Tensor value;
        using (model.WithAdapter("value")) value = TinyAdapters.Loss(model, layout);
        using (model.WithoutAdapters())
        {
            var state = model.Adapters.DropoutState;
            (policy + value * 2).backward();
            Assert.Equal(state, model.Adapters.DropoutState);
            Assert.Null(model.ActiveAdapter);
        }
        return model.named_parameters().Where(entry => entry.parameter.grad is not null)
            .ToDictionary(entry => entry.name, entry => entry.parameter.grad!.cpu().clone());
    }
}
