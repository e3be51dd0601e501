using Alignment.Models;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.Law;

/// <summary>References that are the policy's own model: its base, or another of its adapters.</summary>
public sealed class AdapterReferenceTests
{
    private static readonly DecoderConfig Config = new()
    {
        VocabularySize = 31, HiddenSize = 16, IntermediateSize = 24, Layers = 2, MaxPositions = 32, InitializerRange = 0.3,
        Attention = new AttentionConfig { Heads = 2 },
    };

    [Fact]
    public void The_base_gives_what_a_frozen_copy_gives_and_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var policy = Policy("policy");
        using var copy = policy.Copy();
        using var layout = Layout();
        var expected = ReferencePolicy.Frozen(copy).PairLogProbs(layout);
        var actual = ReferencePolicy.BaseOf(policy).PairLogProbs(layout);
        Same(expected.Chosen, actual.Chosen);
        Same(expected.Rejected, actual.Rejected);
        Assert.False(actual.Chosen.requires_grad);
        Assert.Equal("policy", policy.ActiveAdapter);
        Assert.True((policy.PairLogProbs(layout).Chosen - actual.Chosen).abs().max().item<float>() > 1e-3);
        var summed = ReferencePolicy.BaseOf(policy).PairLogProbs(layout, tokens => tokens.Sum().Pairs());
        Same(expected.Chosen, summed.Chosen);
    }

    [Fact]
    public void A_named_adapter_is_not_the_base()
    {
        using var scope = NewDisposeScope();
        using var policy = Policy("sft", "policy");
        policy.Adapters.Activate("sft");
        using var layout = Layout();
        PairLogProbs expected;
        using (no_grad()) expected = policy.PairLogProbs(layout);
        policy.Adapters.Activate("policy");
        var named = ReferencePolicy.NamedAdapter(policy, "sft").PairLogProbs(layout);
        Same(expected.Chosen, named.Chosen);
        Assert.True((ReferencePolicy.BaseOf(policy).PairLogProbs(layout).Chosen - named.Chosen).abs().max().item<float>() > 1e-3);
        Assert.Equal("policy", policy.ActiveAdapter);
    }

    [Fact]
    public void A_reference_drops_nothing_while_the_policy_is_trained()
    {
        using var scope = NewDisposeScope();
        using var policy = new Adapted(new LoraOptions { Dropout = 0.5 }, "sft", "policy").Model;
        policy.Adapters.Activate("policy");
        policy.train();
        using var layout = Layout();
        var reference = ReferencePolicy.NamedAdapter(policy, "sft");
        Same(reference.PairLogProbs(layout).Chosen, reference.PairLogProbs(layout).Chosen);
    }

    [Fact]
    public void Training_moves_the_active_adapter_and_nothing_else()
    {
        using var scope = NewDisposeScope();
        using var policy = Policy("sft", "policy");
        policy.Adapters.Activate("policy");
        var before = policy.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.detach().clone());
        TokenizedPair[] pairs = [new([1, 2, 3], [4, 5], [6]), new([7], [8, 9, 10], [11, 12])];
        var options = new DpoOptions { Run = new RunOptions { MaxSteps = 3, BatchSize = 2, SelfChecks = false }, Optimizer = new OptimizerOptions { LearningRate = 0.01, WeightDecay = 0.1 } };
        new DpoTrainer(policy, ReferencePolicy.NamedAdapter(policy, "sft"), options).Train(pairs);
        foreach (var (name, parameter) in policy.named_parameters())
            Assert.Equal(name.Contains(".policy.", StringComparison.Ordinal), (parameter.detach() - before[name]).abs().max().item<float>() > 0);
    }

    [Fact]
    public void An_error_on_the_way_leaves_the_policy_as_it_was()
    {
        using var scope = NewDisposeScope();
        using var policy = Policy("policy");
        using var layout = Layout();
        var reference = ReferencePolicy.BaseOf(policy);
        Assert.Throws<ArithmeticException>(() => { reference.PairLogProbs(layout, _ => throw new ArithmeticException()); });
        Assert.Equal("policy", policy.ActiveAdapter);
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void What_would_be_the_policy_itself_is_refused()
    {
        const string Base = "The policy must have an active adapter, without which its base is the policy itself. Add or activate one, or use a frozen copy.";
        using var policy = Policy();
        Assert.Equal(Base, Assert.Throws<ArgumentException>(() => { ReferencePolicy.BaseOf(policy); }).Message);
        policy.Adapters.Add("policy", new LoraOptions(), 1);
        Assert.Equal(
            "The reference must be another adapter than the one that is trained; 'policy' is active.",
            Assert.Throws<ArgumentException>(() => { ReferencePolicy.NamedAdapter(policy, "policy"); }).Message);
        Assert.Equal(
            "The name must be that of an adapter: policy; was 'sft'. (Parameter 'name')",
            Assert.Throws<ArgumentException>(() => { ReferencePolicy.NamedAdapter(policy, "sft"); }).Message);
        var reference = ReferencePolicy.BaseOf(policy);
        _ = new DpoTrainer(policy, reference);
        policy.Adapters.Deactivate();
        Assert.Equal(Base, Assert.Throws<ArgumentException>(() => { _ = new DpoTrainer(policy, reference); }).Message);
    }

    [Fact]
    public void A_model_without_adapters_says_so()
    {
        using var model = new Bare();
        Assert.Null(model.ActiveAdapter);
        const string Message = "The model must have adapters that can be switched; bare has none.";
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => { model.WithoutAdapters(); }).Message);
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => { ReferencePolicy.NamedAdapter(model, "sft"); }).Message);
    }

    private static DecoderModel Policy(params string[] adapters) => new Adapted(new LoraOptions(), adapters).Model;

    private static TokenLayout Layout() => TokenLayout.Of([new TokenizedPair([1, 2, 3], [4, 5], [6]), new TokenizedPair([7], [8, 9, 10], [11, 12])]);

    private static void Same(Tensor expected, Tensor actual) => Assert.Equal(expected.data<float>().ToArray(), actual.data<float>().ToArray());

    /// <summary>A model with adapters whose B is not zero.</summary>
    private sealed class Adapted
    {
        public Adapted(LoraOptions options, params string[] adapters)
        {
            using var noGrad = no_grad();
            using var generator = new Generator(5);
            foreach (var name in adapters)
            {
                Model.Adapters.Add(name, options, 1);
                foreach (var parameter in Model.Adapters.Parameters(name))
                {
                    using var noise = empty(parameter.shape).normal_(0, 0.1, generator);
                    parameter.add_(noise);
                }
            }
        }

        public DecoderModel Model { get; } = DecoderModel.FromScratch(Config, 1);
    }

    private sealed class Bare() : CausalLanguageModel("bare")
    {
        public override int VocabularySize => 1;

        public override int MaxPositions => 1;

        public override Tensor OutputWeight => throw new NotSupportedException();

        public override Tensor Hidden(TokenLayout layout) => throw new NotSupportedException();

        public override DecodingSession StartDecoding(IReadOnlyList<IReadOnlyList<int>> prompts, int maxNewTokens, int samplesPerPrompt = 1) =>
            throw new NotSupportedException();
    }
}
