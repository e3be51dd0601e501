using static TorchSharp.torch;

namespace Alignment.Models.Tests.Adapters;

/// <summary>What becomes of the base: its type, its copies and its files.</summary>
public sealed class AdapterBaseTests
{
    [Fact]
    public void A_copy_and_a_saved_model_leave_adapters_out()
    {
        using var scope = NewDisposeScope();
        using var plain = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var model = TinyAdapters.Model("a");
        using var folder = new TemporaryFolder();
        var expected = TinyAdapters.Logits(plain);
        var adapted = TinyAdapters.Logits(model);
        using var copy = model.Copy();
        TinyAdapters.AssertSameBits(expected, TinyAdapters.Logits(copy));
        Assert.Empty(copy.Adapters.Names);
        Assert.All(copy.parameters(), parameter => Assert.True(parameter.requires_grad));
        model.SavePretrained(folder.File("base"));
        using var saved = PretrainedModel.Load(folder.File("base"));
        TinyAdapters.AssertSameBits(expected, TinyAdapters.Logits(saved));
        TinyAdapters.AssertSameBits(adapted, TinyAdapters.Logits(model));
    }

    [Fact]
    public void Sixteen_bits_below_and_thirty_two_in_the_adapter()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = DecoderModel.FromScratch(TinyLlama.Config with { DataType = ScalarType.BFloat16 }, 1);
        TinyAdapters.Add(model, "a", TinyAdapters.Everything with { ModulesToSave = ["lm_head"] }, 1);
        foreach (var (name, parameter) in model.named_parameters())
            Assert.Equal(name.Contains(".lora_", StringComparison.Ordinal) ? ScalarType.Float32 : ScalarType.BFloat16, parameter.dtype);

        // The base's output, which has 16 bits, and the update in float32 are summed in float32 and rounded once: s = 4 / 3.
        var part = model.Backbone.named_modules().Select(entry => entry.module).OfType<Projection>().First();
        var name0 = "model." + model.Backbone.named_modules().First(entry => ReferenceEquals(entry.module, part)).name;
        var x = empty(50, part.Sizes!.Value.Inputs).normal_().to(ScalarType.BFloat16);
        var (down, up) = (model.get_parameter($"{name0}.lora_A.a.weight")!, model.get_parameter($"{name0}.lora_B.a.weight")!);
        var update = (x.to(ScalarType.Float32).matmul(down.t()) * (4.0 / 3)).matmul(up.t());
        var expected = (x.matmul(part.Weight.t()).to(ScalarType.Float32) + update).to(ScalarType.BFloat16);
        TinyAdapters.AssertSameBits(expected.detach(), part.call(x).detach());

        using var layout = TinyAdapters.Layout();
        Assert.Equal(ScalarType.BFloat16, model.Hidden(layout).dtype);
        TinyAdapters.Loss(model, layout).backward();
        Assert.All(model.Adapters.Parameters("a"), parameter => Assert.Equal(parameter.dtype, parameter.grad!.dtype));

        var before = model.BaseParameters().ToDictionary(entry => entry.name, entry => entry.parameter.clone());
        model.Adapters.Merge("a");
        Assert.Equal(ScalarType.BFloat16, part.Weight.dtype);
        model.Adapters.Unmerge();
        foreach (var (name, value) in before) TinyAdapters.AssertSameBits(value, model.get_parameter(name)!);

        model.Adapters.Save("a", folder.File("a"));
        model.Adapters.Load("b", folder.File("a"), isTrainable: false);
        foreach (var (one, two) in model.Adapters.Parameters("a").Zip(model.Adapters.Parameters("b"))) TinyAdapters.AssertSameBits(one, two);
        Assert.All(model.Adapters.Parameters("b"), parameter => Assert.False(parameter.requires_grad));
    }

    [Fact]
    public void A_model_that_moves_takes_its_adapters_along()
    {
        using var scope = NewDisposeScope();
        using var model = TinyAdapters.Model("a", "b");
        var expected = TinyAdapters.Logits(model);
        TorchSharp.ModuleExtensionMethods.to(model, ScalarType.Float64);
        Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.InRange(TinyLlama.LargestDifference(expected, TinyAdapters.Logits(model)), 0, 1e-4);
        model.Adapters.Merge("a");
        TorchSharp.ModuleExtensionMethods.to(model, ScalarType.Float32);
        model.Adapters.Unmerge();
        TinyAdapters.AssertSameBits(expected, TinyAdapters.Logits(model));
    }

    [Fact]
    public void A_head_on_the_backbone_is_copied_and_saved_with_the_adapter()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var reward = DecoderRewardModel.FromLanguageModel(model, 2);
        TinyAdapters.Add(model, "policy", TinyAdapters.Everything, 1);
        model.Adapters.Add("reward", TinyAdapters.Everything with { ModulesToSave = ["score"] }, 2);
        TinyAdapters.Shake(model, "reward", 2);
        using var layout = TinyAdapters.Layout();
        var plain = reward.Scores(layout).detach();
        Tensor scores;
        using (model.WithAdapter("reward"))
        {
            scores = reward.Scores(layout);
            TinyAdapters.AssertDiffer(plain, scores.detach());
            scores.sum().backward();
        }
        Assert.All(model.Adapters.Parameters("reward"), parameter => Assert.True(parameter.grad!.abs().max().item<float>() > 0));
        Assert.Null(reward.Head.Weight.grad);

        model.Adapters.Save("reward", folder.File("reward"));
        Assert.Contains("\"task_type\": \"SEQ_CLS\"", File.ReadAllText(folder.File("reward", "adapter_config.json")), StringComparison.Ordinal);
        // A second head on the same backbone, of the same name: adapters that come later are its own.
        using var again = DecoderRewardModel.FromLanguageModel(model, 3);
        model.Adapters.Load("again", folder.File("reward"), isTrainable: false);
        using (model.WithAdapter("again")) TinyAdapters.AssertSameBits(scores.detach(), again.Scores(layout));
        using (model.WithAdapter("reward")) TinyAdapters.AssertSameBits(scores.detach(), reward.Scores(layout));
    }
}
