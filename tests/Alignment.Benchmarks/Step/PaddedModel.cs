using Alignment.Models;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Benchmarks;

/// <summary>A Llama on padded batches, operator by operator as transformers computes it, with the weights of a model of ours.</summary>
internal sealed class PaddedModel
{
    private readonly DecoderConfig _config;
    private readonly Dictionary<string, Tensor> _weights;
    private readonly Tensor _output;

    public PaddedModel(DecoderModel model)
    {
        _config = model.Config;
        _weights = model.named_parameters().ToDictionary(entry => entry.name, entry => (Tensor)entry.parameter);
        _output = model.OutputWeight;
    }

    /// <summary><c>[2B, T]</c> ids to <c>[2B, T, V]</c>.</summary>
    public Tensor Logits(Tensor ids)
    {
        using var scope = NewDisposeScope();
        var x = _weights["model.embed_tokens.weight"].index_select(0, ids.view(-1)).view(ids.shape[0], ids.shape[1], -1);
        var (cosine, sine) = Angles(ids.shape[1]);
        for (var layer = 0; layer < _config.Layers; layer++) x = Layer(x, $"model.layers.{layer}.", cosine, sine);
        return F.linear(Norm(x, "model.norm"), _output).MoveToOuterDisposeScope();
    }

    private Tensor Layer(Tensor x, string name, Tensor cosine, Tensor sine)
    {
        using var scope = NewDisposeScope();
        x = x + Attention(Norm(x, name + "input_layernorm"), name + "self_attn.", cosine, sine);
        var y = Norm(x, name + "post_attention_layernorm");
        var gated = Linear(y, name + "mlp.gate_proj").silu() * Linear(y, name + "mlp.up_proj");
        return (x + Linear(gated, name + "mlp.down_proj")).MoveToOuterDisposeScope();
    }

    private Tensor Attention(Tensor x, string name, Tensor cosine, Tensor sine)
    {
        var (batch, length) = (x.shape[0], x.shape[1]);
        var q = Turn(Heads("q_proj"), cosine, sine);
        var k = Turn(Heads("k_proj"), cosine, sine);
        var group = q.shape[1] / k.shape[1];
        var attended = F.scaled_dot_product_attention(q, k.repeat_interleave(group, 1), Heads("v_proj").repeat_interleave(group, 1), null, 0.0, true);
        return Linear(attended.transpose(1, 2).reshape(batch, length, -1), name + "o_proj");

        Tensor Heads(string projection) => Linear(x, name + projection).view(batch, length, -1, _config.HeadSize).transpose(1, 2);
    }

    private (Tensor Cosine, Tensor Sine) Angles(long length)
    {
        var frequencies = 1 / tensor((float)_config.Rope.Theta).pow(arange(0, _config.HeadSize, 2, dtype: ScalarType.Float32) / _config.HeadSize);
        var angles = outer(arange(length, dtype: ScalarType.Float32), frequencies);
        var both = cat([angles, angles], -1);
        return (both.cos(), both.sin());
    }

    private static Tensor Turn(Tensor heads, Tensor cosine, Tensor sine)
    {
        var half = heads.shape[^1] / 2;
        var turned = cat([-heads.narrow(-1, half, half), heads.narrow(-1, 0, half)], -1);
        return heads * cosine + turned * sine;
    }

    private Tensor Linear(Tensor x, string name) => F.linear(x, _weights[name + ".weight"]);

    private Tensor Norm(Tensor x, string name) => _weights[name + ".weight"] * (x * (x.pow(2).mean([-1], keepdim: true) + _config.NormEpsilon).rsqrt());
}
