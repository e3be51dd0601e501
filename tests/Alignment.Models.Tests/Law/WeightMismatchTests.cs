using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Weights that are not those of the configuration beside them.</summary>
public sealed class WeightMismatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Missing_unexpected_and_misshapen_tensors_are_named_together()
    {
        var error = Fails(TinyLlama.Config, tensors =>
        {
            tensors.Remove("model.norm.weight");
            tensors["model.layers.0.mlp.up_proj.weight"] = ones([40, 23]);
            tensors["score.weight"] = ones([1, 24]);
        });
        Assert.Equal(
            $"{folder.Path}: the weights are not those that config.json describes. Missing: model.norm.weight. Unexpected: score.weight. "
            + "Misshapen: model.layers.0.mlp.up_proj.weight [40, 23] instead of [40, 24].",
            error.Message);
        Assert.Equal(["model.norm.weight"], error.Missing);
        Assert.Equal(["score.weight"], error.Unexpected);
        Assert.Equal(["model.layers.0.mlp.up_proj.weight [40, 23] instead of [40, 24]"], error.Misshapen);
    }

    [Fact]
    public void Many_names_are_counted()
    {
        var error = Fails(TinyLlama.Config with { Layers = 4 }, _ => { });
        Assert.Equal(18, error.Missing.Count);
        Assert.EndsWith("model.layers.3.self_attn.q_proj.weight and 8 more.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_asks_for_far_more_than_the_files_hold_allocates_nothing()
    {
        var huge = TinyLlama.Config with
        {
            VocabularySize = 4_194_304,
            HiddenSize = 65_536,
            IntermediateSize = 1_048_576,
            Layers = 1000,
            Attention = new AttentionConfig { Heads = 1024 },
        };
        var before = Environment.WorkingSet;
        var error = Fails(huge, _ => { });
        Assert.Equal(2 * 9 + 3, error.Misshapen.Count);
        Assert.Equal(998 * 9, error.Missing.Count);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 200 << 20);   // the embedding alone would be a terabyte
    }

    [Fact]
    public void A_tied_model_may_carry_its_matrix_twice()
    {
        var tied = TinyLlama.Config with { TieEmbeddings = true };
        Save(tied, tensors => tensors["lm_head.weight"] = tensors["model.embed_tokens.weight"]);
        using var model = PretrainedModel.Load(folder.Path);
        Assert.DoesNotContain("lm_head.weight", model.named_parameters().Select(entry => entry.name));
        Assert.Equal(["lm_head.weight"], Fails(tied, tensors => tensors["lm_head.weight"] = ones([37, 24])).Unexpected);
    }

    [Fact]
    public void The_rotary_table_of_old_checkpoints_is_left_alone()
    {
        Save(TinyLlama.Config, tensors => tensors["model.layers.0.self_attn.rotary_emb.inv_freq"] = ones(3));
        using var model = PretrainedModel.Load(folder.Path);
    }

    [Fact]
    public void A_reward_model_is_not_a_language_model() => Assert.Equal(
        $"{Alignment.Tests.Common.Golden.Path("models", "llama_reward")}: architectures must be [\"LlamaForCausalLM\"] for a language model; is [\"LlamaForSequenceClassification\"], which has no output projection.",
        Assert.Throws<UnsupportedModelException>(() => PretrainedModel.Load(Alignment.Tests.Common.Golden.Path("models", "llama_reward"))).Message);

    public void Dispose() => folder.Dispose();

    private WeightMismatchException Fails(DecoderConfig described, Action<Dictionary<string, Tensor>> change)
    {
        Save(described, change);
        return Assert.Throws<WeightMismatchException>(() => PretrainedModel.Load(folder.Path));
    }

    /// <summary>A tiny model's changed tensors beside a configuration.</summary>
    private void Save(DecoderConfig described, Action<Dictionary<string, Tensor>> change)
    {
        using var scope = NewDisposeScope();
        using var model = DecoderModel.FromScratch(TinyLlama.Config with { TieEmbeddings = described.TieEmbeddings }, 1);
        var tensors = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.detach());
        change(tensors);
        SafetensorsWriter.Write(folder.File("model.safetensors"), tensors.Select(entry => (entry.Key, entry.Value)));
        described.Save(folder.File("config.json"));
    }
}
