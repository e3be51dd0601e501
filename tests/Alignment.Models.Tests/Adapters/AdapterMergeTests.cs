using System.Text.Json;
using static TorchSharp.torch;

namespace Alignment.Models.Tests.Adapters;

/// <summary>Merged adapters, in every family: fused projections and matrices stored the other way round among them.</summary>
public sealed class AdapterMergeTests
{
    public static TheoryData<string> Models => ModelRecord.All;

    [Theory, MemberData(nameof(Models))]
    public void Merged_equals_unmerged_and_the_base_comes_back_to_the_bit(string name)
    {
        using var scope = NewDisposeScope();
        using var record = new ModelRecord(name);
        using var model = record.Load();
        using var layout = TinyLlama.Layout(record.Rows("right"));
        var before = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.clone());
        var expected = LoraRecord.LogitsOf(model, layout);
        TinyAdapters.Add(model, "a", TinyAdapters.Everything, 1);
        var adapted = LoraRecord.LogitsOf(model, layout);
        TinyAdapters.AssertDiffer(expected, adapted);

        model.Adapters.Merge("a");
        Assert.Equal("a", model.Adapters.Merged);
        Assert.Null(model.ActiveAdapter);
        Assert.InRange(TinyLlama.LargestDifference(adapted, LoraRecord.LogitsOf(model, layout)), 0, 1e-4 * adapted.abs().max().item<float>());   // float32 sums in another order
        model.Adapters.Unmerge();
        Assert.Null(model.Adapters.Merged);
        foreach (var (parameter, value) in before) TinyAdapters.AssertSameBits(value, model.get_parameter(parameter)!);
        TinyAdapters.AssertSameBits(adapted, LoraRecord.LogitsOf(model, layout));
        using (model.WithoutAdapters()) TinyAdapters.AssertSameBits(expected, LoraRecord.LogitsOf(model, layout));
    }

    [Theory, MemberData(nameof(Models))]
    public void A_new_adapter_is_written_and_read_back(string name)
    {
        using var scope = NewDisposeScope();
        using var record = new ModelRecord(name);
        using var model = record.Load();
        using var other = record.Load();
        using var layout = TinyLlama.Layout(record.Rows("right"));
        using var folder = new TemporaryFolder();
        TinyAdapters.Add(model, "a", TinyAdapters.Everything with { UsesRankStabilization = true, BaseModelName = name }, 1);
        model.Adapters.Save("a", folder.File("a"));
        other.Adapters.Load("b", folder.File("a"), isTrainable: true);
        TinyAdapters.AssertSameBits(LoraRecord.LogitsOf(model, layout), LoraRecord.LogitsOf(other, layout));
        Assert.All(other.Adapters.Parameters("b"), parameter => Assert.True(parameter.requires_grad));
        Assert.All(other.BaseParameters(), entry => Assert.False(entry.parameter.requires_grad));

        using var config = JsonDocument.Parse(File.ReadAllText(folder.File("a", "adapter_config.json")));
        string[] expected = name switch
        {
            "gpt2" => ["c_attn", "c_fc", "c_proj"],
            "phi3" => ["down_proj", "gate_up_proj", "o_proj", "qkv_proj"],
            _ => ["down_proj", "gate_proj", "k_proj", "o_proj", "q_proj", "up_proj", "v_proj"],
        };
        Assert.Equal(expected, config.RootElement.GetProperty("target_modules").EnumerateArray().Select(target => target.GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(name == "gpt2", config.RootElement.GetProperty("fan_in_fan_out").GetBoolean());
    }

    [Fact]
    public void A_merged_model_is_saved_as_one_without_adapters()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = TinyAdapters.Model("a", "b");
        TinyAdapters.Add(model, "c", new LoraOptions { ModulesToSave = ["lm_head", "embed_tokens"] }, 5);
        var adapted = TinyAdapters.Logits(model);
        model.SaveMerged("c", folder.File("merged"));
        Assert.Equal("a", model.ActiveAdapter);
        TinyAdapters.AssertSameBits(adapted, TinyAdapters.Logits(model));
        using var merged = PretrainedModel.Load(folder.File("merged"));
        using (model.WithAdapter("c"))
            Assert.InRange(TinyLlama.LargestDifference(TinyAdapters.Logits(model), TinyAdapters.Logits(merged)), 0, 1e-4);
        using var hollow = new TemporaryFolder();
        hollow.Write("file", "");
        Assert.ThrowsAny<IOException>(() => model.SaveMerged("c", hollow.File("file", "inside")));
        Assert.Null(model.Adapters.Merged);
        TinyAdapters.AssertSameBits(adapted, TinyAdapters.Logits(model));
    }

    [Fact]
    public void A_merge_that_fails_leaves_the_base_as_it_was()
    {
        using var scope = NewDisposeScope();
        using var model = TinyAdapters.Model("a");
        using var plain = DecoderModel.FromScratch(TinyLlama.Config, 1);
        model.Adapters.Parameters("a")[^1].Dispose();
        Assert.ThrowsAny<Exception>(() => model.Adapters.Merge("a"));
        Assert.Null(model.Adapters.Merged);
        foreach (var (name, parameter) in plain.named_parameters()) TinyAdapters.AssertSameBits(parameter, model.get_parameter(name)!);
    }

    [Fact]
    public void An_adapter_that_is_removed_while_merged_stays()
    {
        using var scope = NewDisposeScope();
        using var model = TinyAdapters.Model("a");
        model.Adapters.Merge("a");
        var merged = TinyAdapters.Logits(model);
        model.Adapters.Remove("a");
        Assert.Empty(model.Adapters.Names);
        Assert.Null(model.Adapters.Merged);
        TinyAdapters.AssertSameBits(merged, TinyAdapters.Logits(model));
    }

    [Fact]
    public void An_embedding_that_is_the_output_projection_too_is_trained_apart_and_not_merged()
    {
        using var scope = NewDisposeScope();
        using var model = DecoderModel.FromScratch(TinyLlama.Config with { TieEmbeddings = true }, 1);
        TinyAdapters.Add(model, "a", new LoraOptions { ModulesToSave = ["embed_tokens"] }, 1);
        TinyAdapters.AssertSameBits(model.get_parameter("model.embed_tokens.weight")!, model.OutputWeight);   // as in PEFT
        var e = Assert.Throws<UnsupportedModelException>(() => model.Adapters.Merge("a"));
        Assert.Equal("'model.embed_tokens' must not be merged: it is the output projection too, and adapter 'a' changes only the embedding.", e.Message);
        Assert.Null(model.Adapters.Merged);
    }
}
