using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>New models: one seed, one model; the distributions of transformers.</summary>
public sealed class FromScratchTests
{
    [Fact]
    public void One_seed_gives_one_model()
    {
        using var scope = NewDisposeScope();
        using var one = DecoderModel.FromScratch(TinyLlama.Config, 1);
        manual_seed(99);   // the global generator takes no part
        using var same = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var other = DecoderModel.FromScratch(TinyLlama.Config, 2);
        using var half = DecoderModel.FromScratch(TinyLlama.Config with { DataType = ScalarType.BFloat16 }, 1);
        Assert.Equal(one.OutputWeight.detach().bytes.ToArray(), same.OutputWeight.detach().bytes.ToArray());
        Assert.NotEqual(one.OutputWeight.detach().bytes.ToArray(), other.OutputWeight.detach().bytes.ToArray());
        Assert.Equal(one.OutputWeight.detach().to(ScalarType.BFloat16).bytes.ToArray(), half.OutputWeight.detach().bytes.ToArray());
    }

    [Fact]
    public void Weights_are_normal_norms_one_and_biases_zero()
    {
        using var scope = NewDisposeScope();
        var config = TinyLlama.Config with
        {
            HiddenSize = 128,
            InitializerRange = 0.05,
            MlpBias = true,
            Attention = new AttentionConfig { Heads = 4, KeyValueHeads = 2, Bias = true },
        };
        using var model = DecoderModel.FromScratch(config, 1);
        foreach (var (name, parameter) in model.named_parameters())
        {
            Assert.True(parameter.requires_grad);
            var values = parameter.detach();
            if (name.EndsWith("bias", StringComparison.Ordinal)) Assert.Equal(0, values.abs().max().item<float>());
            else if (name.Contains("norm", StringComparison.Ordinal)) Assert.Equal((1f, 1f), (values.min().item<float>(), values.max().item<float>()));
            else Assert.InRange(values.std().item<float>(), 0.047, 0.053);   // 3 % is four deviations for 4736 numbers
        }
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, true, true)]
    public void Names_are_those_of_hugging_face(bool tied, bool attentionBias, bool mlpBias)
    {
        var config = TinyLlama.Config with { TieEmbeddings = tied, MlpBias = mlpBias, Attention = TinyLlama.Config.Attention with { Bias = attentionBias } };
        using var model = DecoderModel.FromScratch(config, 1);
        string[] Biased(string name, bool bias) => bias ? [$"{name}.weight", $"{name}.bias"] : [$"{name}.weight"];
        List<string> expected = ["model.embed_tokens.weight"];
        for (var i = 0; i < 2; i++)
        {
            foreach (var part in (string[])["q", "k", "v", "o"]) expected.AddRange(Biased($"model.layers.{i}.self_attn.{part}_proj", attentionBias));
            foreach (var part in (string[])["gate", "up", "down"]) expected.AddRange(Biased($"model.layers.{i}.mlp.{part}_proj", mlpBias));
            expected.AddRange([$"model.layers.{i}.input_layernorm.weight", $"model.layers.{i}.post_attention_layernorm.weight"]);
        }
        expected.Add("model.norm.weight");
        if (!tied) expected.Add("lm_head.weight");
        Assert.Equal(expected.Order(), model.named_parameters().Select(entry => entry.name).Order());
        Assert.Equal(expected.Order(), model.state_dict().Keys.Order());
        Assert.Same(model.named_parameters().Single(entry => entry.name == (tied ? "model.embed_tokens.weight" : "lm_head.weight")).parameter, model.OutputWeight);
    }

    [Fact]
    public void Every_parameter_takes_part()
    {
        using var scope = NewDisposeScope();
        var config = TinyLlama.Config with { TieEmbeddings = true, MlpBias = true, Attention = TinyLlama.Config.Attention with { Bias = true } };
        using var model = DecoderModel.FromScratch(config, 1);
        using var layout = TinyLlama.Layout(TinyLlama.Ids(1, 9));
        model.TokenLogProbs(layout).Values.sum().backward();
        // A bias of the keys adds the same to every score of a query, and softmax takes that away.
        foreach (var (name, parameter) in model.named_parameters())
            Assert.True(parameter.grad is not null && (parameter.grad.abs().max().item<float>() > 1e-4 || name.EndsWith("k_proj.bias", StringComparison.Ordinal)), name);
    }
}
