using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Attention and gated unit, each behind a norm and beside a residual.</summary>
internal sealed class DecoderLayer : nn.Module<Tensor, AttentionContext, Tensor>
{
    [ComponentName(Name = "self_attn")]
    private readonly Attention attention;

    [ComponentName(Name = "mlp")]
    private readonly GatedMlp mlp;

    [ComponentName(Name = "input_layernorm")]
    private readonly RmsNorm attentionNorm;

    [ComponentName(Name = "post_attention_layernorm")]
    private readonly RmsNorm mlpNorm;

    public DecoderLayer(ParameterScope parameters, DecoderConfig config, int layer) : base(nameof(DecoderLayer))
    {
        attention = new Attention(parameters.Below("self_attn"), config, layer);
        mlp = new GatedMlp(parameters.Below("mlp"), config);
        attentionNorm = new RmsNorm(parameters.Below("input_layernorm"), config.HiddenSize, config.NormEpsilon);
        mlpNorm = new RmsNorm(parameters.Below("post_attention_layernorm"), config.HiddenSize, config.NormEpsilon);
        RegisterComponents();
    }

    /// <summary><c>[N, H]</c> to <c>[N, H]</c>.</summary>
    public override Tensor forward(Tensor input1, AttentionContext input2)
    {
        using var scope = NewDisposeScope();
        var attended = input1 + attention.call(attentionNorm.call(input1), input2);
        return (attended + mlp.call(mlpNorm.call(attended))).MoveToOuterDisposeScope();
    }
}
