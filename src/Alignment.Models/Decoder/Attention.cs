using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Causal self-attention with rotary positions and key/value heads that several query heads share.</summary>
/// <remarks>Vaswani et al. 2017 (arXiv 1706.03762); grouped queries: Ainslie et al. 2023 (arXiv 2305.13245).</remarks>
internal sealed class Attention : nn.Module<Tensor, AttentionContext, Tensor>
{
    [ComponentName(Name = "q_proj")]
    private readonly Projection query;

    [ComponentName(Name = "k_proj")]
    private readonly Projection key;

    [ComponentName(Name = "v_proj")]
    private readonly Projection value;

    [ComponentName(Name = "o_proj")]
    private readonly Projection output;

    private readonly int layer;
    private readonly long headSize;

    public Attention(ParameterScope parameters, DecoderConfig config, int layer) : base(nameof(Attention))
    {
        var (attention, hidden) = (config.Attention, config.HiddenSize);
        this.layer = layer;
        headSize = config.HeadSize;
        query = new Projection(parameters.Below("q_proj"), hidden, attention.Heads * headSize, attention.Bias);
        key = new Projection(parameters.Below("k_proj"), hidden, attention.KeyValueHeads * headSize, attention.Bias);
        value = new Projection(parameters.Below("v_proj"), hidden, attention.KeyValueHeads * headSize, attention.Bias);
        output = new Projection(parameters.Below("o_proj"), attention.Heads * headSize, hidden, attention.Bias);
        RegisterComponents();
    }

    /// <summary><c>[N, H]</c> to <c>[N, H]</c>.</summary>
    public override Tensor forward(Tensor input1, AttentionContext input2)
    {
        using var scope = NewDisposeScope();
        var (hidden, context) = (input1, input2);
        var q = context.Rotation.Apply(Heads(query.call(hidden)));
        var k = context.Rotation.Apply(Heads(key.call(hidden)));
        var v = Heads(value.call(hidden));
        return output.call(context.Attend(layer, q, k, v)).MoveToOuterDisposeScope();
    }

    private Tensor Heads(Tensor rows) => rows.view(rows.shape[0], -1, headSize);
}
