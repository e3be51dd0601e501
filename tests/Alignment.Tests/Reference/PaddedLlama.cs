using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Reference;

/// <summary>The slow and obvious Llama: padded batches, an explicit causal mask, full logits, no sharing. It reads the weights of the model under test.</summary>
internal sealed class PaddedLlama(Models.DecoderModel model)
{
    private readonly Dictionary<string, Tensor> _weights = model.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter);
    private readonly Models.DecoderConfig _config = model.Config;

    /// <summary>Sum of log-probabilities of the response tokens of each row; a row is prompt and response, padded with 0 at the right.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="masks">Which response tokens of each row count; null for all.</param>
    public Tensor ResponseLogProbs(
        IReadOnlyList<(IReadOnlyList<int> Prompt, IReadOnlyList<int> Response)> rows, IReadOnlyList<IReadOnlyList<bool>>? masks = null)
    {
        var length = rows.Max(row => row.Prompt.Count + row.Response.Count);
        var ids = zeros([rows.Count, length], ScalarType.Int64);
        var counts = zeros([rows.Count, length], ScalarType.Float64);
        for (var b = 0; b < rows.Count; b++)
        {
            var all = rows[b].Prompt.Concat(rows[b].Response).ToArray();
            for (var t = 0; t < all.Length; t++)
            {
                ids[b, t] = (long)all[t];
                if (t >= rows[b].Prompt.Count && (masks is null || masks[b][t - rows[b].Prompt.Count])) counts[b, t] = 1.0;
            }
        }
        var logits = Logits(ids);                                                                                        // [B, L, V]
        var next = logits.narrow(1, 0, length - 1).log_softmax(-1).gather(2, ids.narrow(1, 1, length - 1).unsqueeze(2)).squeeze(2);
        return (next * counts.narrow(1, 1, length - 1)).sum(1);
    }

    private Tensor Logits(Tensor ids)
    {
        var x = _weights["model.embed_tokens.weight"].index_select(0, ids.flatten()).view(ids.shape[0], ids.shape[1], -1);
        for (var layer = 0; layer < _config.Layers; layer++)
        {
            var name = $"model.layers.{layer}.";
            x = x + Attention(Norm(x, name + "input_layernorm"), name + "self_attn.");
            var y = Norm(x, name + "post_attention_layernorm");
            x = x + Linear(nn.functional.silu(Linear(y, name + "mlp.gate_proj")) * Linear(y, name + "mlp.up_proj"), name + "mlp.down_proj");
        }
        x = Norm(x, "model.norm");
        return x.matmul(model.OutputWeight.t());
    }

    private Tensor Attention(Tensor x, string name)
    {
        var (batch, length, size) = (x.shape[0], x.shape[1], (long)_config.HeadSize);
        Tensor Heads(string projection) => Linear(x, name + projection).view(batch, length, -1, size).transpose(1, 2);       // [B, heads, L, d]
        var (q, k, v) = (Turn(Heads("q_proj")), Turn(Heads("k_proj")), Heads("v_proj"));
        var group = q.shape[1] / k.shape[1];
        var scores = q.matmul(k.repeat_interleave(group, 1).transpose(-2, -1)) / Math.Sqrt(size);
        var later = ones([length, length], ScalarType.Bool).triu(1);
        var weights = scores.masked_fill(later, double.NegativeInfinity).softmax(-1);
        return Linear(weights.matmul(v.repeat_interleave(group, 1)).transpose(1, 2).reshape(batch, length, -1), name + "o_proj");
    }

    /// <summary>
    /// Rotary positions, pair by pair: (a, b) at angle t θ^(-2i/d) becomes (a cos - b sin, b cos + a sin). Angles are float32 in every
    /// model, as they are in transformers.
    /// </summary>
    private Tensor Turn(Tensor heads)
    {
        var half = heads.shape[^1] / 2;
        var frequencies = 1 / tensor((float)_config.Rope.Theta).pow(arange(half, dtype: ScalarType.Float32) * 2 / heads.shape[^1]);
        var angles = outer(arange(heads.shape[2], dtype: ScalarType.Float32), frequencies);
        var (cosine, sine) = (angles.cos().to(heads.dtype), angles.sin().to(heads.dtype));
        var (a, b) = (heads.narrow(-1, 0, half), heads.narrow(-1, half, half));
        return cat([a * cosine - b * sine, b * cosine + a * sine], -1);
    }

    private Tensor Linear(Tensor x, string name) => x.matmul(_weights[name + ".weight"].t());

    private Tensor Norm(Tensor x, string name) => x * (x.square().mean([-1], keepdim: true) + _config.NormEpsilon).rsqrt() * _weights[name + ".weight"];
}
