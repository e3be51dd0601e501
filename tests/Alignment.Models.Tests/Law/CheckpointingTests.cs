using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>With activation checkpointing, loss and gradients are the same bits in every family.</summary>
public sealed class CheckpointingTests
{
    public static TheoryData<string> Families => TinyFamily.All;

    [Theory]
    [MemberData(nameof(Families))]
    public void Loss_and_gradients_of_pairs_that_share_prompts(string family) => AssertSame(family, model =>
    {
        using var layout = TokenLayout.Of(Pairs(1));
        Backward(model, layout);
    });

    [Theory]
    [MemberData(nameof(Families))]
    public void Gradients_that_are_summed_over_two_batches(string family) => AssertSame(family, model =>
    {
        using var first = TokenLayout.Of(Pairs(1));
        using var second = TinyLlama.Layout(TinyLlama.Ids(30, 12), TinyLlama.Ids(31, 4));
        Backward(model, first);
        Backward(model, second);
    });

    [Theory]
    [MemberData(nameof(Families))]
    public void A_frozen_first_layer_and_frozen_embeddings(string family) => AssertSame(family, model =>
    {
        using var layout = TokenLayout.Of(Pairs(1));
        foreach (var (name, parameter) in model.named_parameters())
            if (IsOfFirstLayer(name) || name is "model.embed_tokens.weight" or "transformer.wte.weight" or "transformer.wpe.weight") parameter.requires_grad_(false);
        Backward(model, layout);
        foreach (var (name, parameter) in model.named_parameters())
            if (IsOfFirstLayer(name)) Assert.Null(parameter.grad);
    });

    [Theory]
    [MemberData(nameof(Families))]
    public void A_frozen_layer_below_which_a_part_is_trained(string family) => AssertSame(family, model =>
    {
        using var layout = TokenLayout.Of(Pairs(1));
        foreach (var (name, parameter) in model.named_parameters())
            if (IsOfFirstLayer(name)) parameter.requires_grad_(false);
        Backward(model, layout);
        Assert.NotNull(model.named_parameters().First().parameter.grad);
    });

    [Theory]
    [MemberData(nameof(Families))]
    public void A_layout_that_is_gone_before_backward(string family) => AssertSame(family, model =>
    {
        Tensor loss;
        using (var layout = TokenLayout.Of(Pairs(1))) loss = -model.TokenLogProbs(layout).Values.mean();
        loss.backward();
    });

    [Theory]
    [MemberData(nameof(Families))]
    public void A_loss_that_uses_two_forward_passes(string family) => AssertSame(family, model =>
    {
        using var first = TokenLayout.Of(Pairs(1));
        using var second = TokenLayout.Of(Pairs(20));
        (model.TokenLogProbs(first).Values.mean() * model.TokenLogProbs(second).Values.mean()).backward();
    });

    [Theory]
    [MemberData(nameof(Families))]
    public void States_without_gradients(string family)
    {
        using var scope = NewDisposeScope();
        using var model = TinyFamily.Model(family, ScalarType.Float32);
        using var layout = TokenLayout.Of(Pairs(1));
        using var noGrad = no_grad();
        var plain = model.Hidden(layout);
        model.Backbone.UsesActivationCheckpointing = true;
        var checkpointed = model.Hidden(layout);
        Assert.False(checkpointed.requires_grad);
        Assert.Equal(plain.bytes.ToArray(), checkpointed.bytes.ToArray());
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Nothing_is_left_after_steps(string family)
    {
        using var scope = NewDisposeScope();
        using var model = TinyFamily.Model(family, ScalarType.Float32);
        model.Backbone.UsesActivationCheckpointing = true;
        Step();
        var before = Tensor.TotalCount;
        for (var step = 0; step < 5; step++) Step();
        Assert.Equal(before, Tensor.TotalCount);

        void Step()
        {
            using var step = NewDisposeScope();
            using var layout = TokenLayout.Of(Pairs(1));
            Backward(model, layout);
            model.zero_grad();
        }
    }

    private static void AssertSame(string family, Action<DecoderModel> run)
    {
        using var scope = NewDisposeScope();
        var (plain, checkpointed) = (Gradients(family, false, run), Gradients(family, true, run));
        Assert.Equal(plain.Keys, checkpointed.Keys);
        foreach (var (name, gradient) in plain) Assert.True(gradient.AsSpan().SequenceEqual(checkpointed[name]), name);
        Assert.Contains(plain.Values, bytes => bytes.Any(value => value != 0));
    }

    private static Dictionary<string, byte[]> Gradients(string family, bool usesCheckpointing, Action<DecoderModel> run)
    {
        using var model = TinyFamily.Model(family, ScalarType.Float32);
        model.Backbone.UsesActivationCheckpointing = usesCheckpointing;
        run(model);
        return model.named_parameters().Where(entry => entry.parameter.grad is not null).ToDictionary(entry => entry.name, entry => entry.parameter.grad!.bytes.ToArray());
    }

    private static void Backward(DecoderModel model, TokenLayout layout) => (-model.TokenLogProbs(layout).Values.mean()).backward();

    private static bool IsOfFirstLayer(string name) => name.Contains(".0.", StringComparison.Ordinal);

    private static TokenizedPair[] Pairs(int seed) =>
    [
        new(TinyLlama.Ids(seed, 6), TinyLlama.Ids(seed + 1, 3), TinyLlama.Ids(seed + 2, 7)),
        new(TinyLlama.Ids(seed + 3, 1), TinyLlama.Ids(seed + 4, 9), TinyLlama.Ids(seed + 5, 1)),
    ];
}
