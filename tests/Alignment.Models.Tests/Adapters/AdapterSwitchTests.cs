using static TorchSharp.torch;

namespace Alignment.Models.Tests.Adapters;

/// <summary>Several adapters on one base: which one computes, and which one is trained.</summary>
public sealed class AdapterSwitchTests
{
    [Fact]
    public void Without_adapters_the_base_computes_to_the_bit()
    {
        using var scope = NewDisposeScope();
        using var plain = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var model = TinyAdapters.Model("policy");
        var expected = TinyAdapters.Logits(plain);
        var adapted = TinyAdapters.Logits(model);
        TinyAdapters.AssertDiffer(expected, adapted);
        using (model.WithoutAdapters())
        {
            Assert.Null(model.ActiveAdapter);
            TinyAdapters.AssertSameBits(expected, TinyAdapters.Logits(model));
        }
        TinyAdapters.AssertSameBits(adapted, TinyAdapters.Logits(model));
        model.Adapters.Deactivate();
        TinyAdapters.AssertSameBits(expected, TinyAdapters.Logits(model));
        model.Adapters.Remove("policy");
        TinyAdapters.AssertSameBits(expected, TinyAdapters.Logits(model));
        Assert.Equal(plain.named_parameters().Select(entry => entry.name), model.named_parameters().Select(entry => entry.name));
    }

    [Fact]
    public void A_new_adapter_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        var expected = TinyAdapters.Logits(model);
        model.Adapters.Add("a", TinyAdapters.Everything with { ModulesToSave = ["lm_head", "embed_tokens"] }, 1);
        Assert.Equal("a", model.ActiveAdapter);
        TinyAdapters.AssertSameBits(expected, TinyAdapters.Logits(model));
    }

    [Fact]
    public void Scopes_nest_and_end_as_they_began()
    {
        using var scope = NewDisposeScope();
        using var model = TinyAdapters.Model("policy", "reward");
        Assert.Equal(["policy", "reward"], model.Adapters.Names);
        var policy = TinyAdapters.Logits(model);
        using (model.WithAdapter("reward"))
        {
            var reward = TinyAdapters.Logits(model);
            TinyAdapters.AssertDiffer(policy, reward);
            using (model.WithoutAdapters())
            using (model.WithAdapter("policy"))
                TinyAdapters.AssertSameBits(policy, TinyAdapters.Logits(model));
            TinyAdapters.AssertSameBits(reward, TinyAdapters.Logits(model));
        }
        Assert.Equal("policy", model.ActiveAdapter);
        Assert.Throws<ArgumentException>(() =>
        {
            using var off = model.WithoutAdapters();
            model.Adapters.Activate("value");
        });
        Assert.Equal("policy", model.ActiveAdapter);
        var once = model.WithAdapter("reward");
        once.Dispose();
        model.Adapters.Activate("reward");
        once.Dispose();   // a second time does nothing
        Assert.Equal("reward", model.ActiveAdapter);
    }

    [Fact]
    public void An_adapter_that_was_removed_meanwhile_does_not_come_back()
    {
        using var model = TinyAdapters.Model("policy", "reward");
        using (model.WithAdapter("reward")) model.Adapters.Remove("policy");
        Assert.Null(model.ActiveAdapter);
        Assert.Equal(["reward"], model.Adapters.Names);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Two_adapters_are_trained_in_turn(bool usesCheckpointing)
    {
        using var scope = NewDisposeScope();
        using var model = TinyAdapters.Model("policy", "value");
        model.Backbone.UsesActivationCheckpointing = usesCheckpointing;
        using var layout = TinyAdapters.Layout();
        foreach (var (active, other) in (ReadOnlySpan<(string, string)>)[("policy", "value"), ("value", "policy")])
        {
            model.zero_grad();
            using var switched = model.WithAdapter(active);
            TinyAdapters.Loss(model, layout).backward();
            Assert.All(model.Adapters.Parameters(active), parameter => Assert.True(parameter.grad!.abs().max().item<float>() > 0));
            Assert.All(model.Adapters.Parameters(other), parameter => Assert.Null(parameter.grad));
            Assert.All(model.BaseParameters(), entry => Assert.Null(entry.parameter.grad));
        }
        Assert.All(model.Adapters.Parameters("policy").Concat(model.Adapters.Parameters("value")), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void A_checkpointed_layer_asks_for_gradients_of_the_active_adapter_alone()
    {
        using var scope = NewDisposeScope();
        using var model = TinyAdapters.Model("a", "b", "c", "d", "e", "f");
        var layer = model.Backbone.named_modules().First(entry => entry.module is DecoderLayer).module;
        // Seven projections with two matrices each, of the one that computes.
        Assert.Equal(14, model.Adapters.Trained(layer).Length);
        using (model.WithoutAdapters()) Assert.Empty(model.Adapters.Trained(layer));
        model.Adapters.Merge("a");
        Assert.Empty(model.Adapters.Trained(layer));
    }

    [Fact]
    public void Modules_to_save_take_the_place_of_those_that_they_copy()
    {
        using var scope = NewDisposeScope();
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        var (head, table) = (model.get_parameter("lm_head.weight")!.clone(), model.get_parameter("model.embed_tokens.weight")!.clone());
        var expected = TinyAdapters.Logits(model);
        TinyAdapters.Add(model, "a", new LoraOptions { Targets = LoraTargets.Named("q_proj"), ModulesToSave = ["lm_head", "embed_tokens"] }, 1);
        using var layout = TinyAdapters.Layout();
        TinyAdapters.Loss(model, layout).backward();
        foreach (var name in (string[])["lm_head.modules_to_save.a.weight", "model.embed_tokens.modules_to_save.a.weight"])
            Assert.True(model.get_parameter(name)!.grad!.abs().max().item<float>() > 0);
        TinyAdapters.AssertDiffer(head, model.OutputWeight);
        TinyAdapters.AssertDiffer(expected, TinyAdapters.Logits(model));
        using (model.WithoutAdapters()) TinyAdapters.AssertSameBits(expected, TinyAdapters.Logits(model));
        TinyAdapters.AssertSameBits(head, model.get_parameter("lm_head.weight")!);
        TinyAdapters.AssertSameBits(table, model.get_parameter("model.embed_tokens.weight")!);
    }

    [Fact]
    public void An_adapter_on_the_output_projection_reaches_scores_gradients_and_generation()
    {
        using var scope = NewDisposeScope();
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        TinyAdapters.Add(model, "a", new LoraOptions { Targets = LoraTargets.Named("lm_head") }, 1);
        using var layout = TinyAdapters.Layout();
        TinyAdapters.Loss(model, layout).backward();
        Assert.All(model.Adapters.Parameters("a"), parameter => Assert.True(parameter.grad!.abs().max().item<float>() > 0));
        using var session = model.StartDecoding([TinyLlama.Ids(1, 5)], 1);
        Assert.InRange(TinyLlama.LargestDifference(TinyAdapters.Logits(model)[4], session.Logits[0]), 0, 1e-5);
    }

    [Fact]
    public void Wrong_use_is_told()
    {
        using var model = TinyAdapters.Model("policy");
        var adapters = model.Adapters;
        Message<ArgumentException>("The name must be that of an adapter: policy; was 'value'. (Parameter 'name')", () => adapters.Activate("value"));
        Message<ArgumentException>("Each adapter must have a name of its own; 'policy' is taken. (Parameter 'name')", () => adapters.Add("policy", new(), 1));
        Message<ArgumentException>("The name of an adapter must be neither empty nor have a dot; was 'a.b'. (Parameter 'name')", () => adapters.Add("a.b", new(), 1));
        adapters.Merge("policy");
        const string Merged = "No adapter may be merged for this; 'policy' is, so that its weights are in the base. Call Unmerge before.";
        foreach (var action in (Action[])
            [() => model.WithoutAdapters(), () => model.WithAdapter("policy"), adapters.Deactivate, () => adapters.Activate("policy"),
             () => adapters.Merge("policy"), () => adapters.Add("b", new(), 1), () => adapters.Load("b", LoraRecord.FolderOf("qv"), false)])
            Message<InvalidOperationException>(Merged, action);
        adapters.Unmerge();
        Message<InvalidOperationException>("An adapter must be merged before it can be unmerged; none is.", adapters.Unmerge);
        adapters.Remove("policy");
        Message<ArgumentException>("There must be an adapter of this name; was 'policy', and there is none at all. (Parameter 'name')", () => adapters.Remove("policy"));

        static void Message<T>(string expected, Action action) where T : Exception => Assert.Equal(expected, Assert.Throws<T>(action).Message);
    }
}
