using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Attention and gated unit, each behind a norm and beside a residual; Gemma norms what they give as well.</summary>
internal sealed class DecoderLayer : nn.Module<Tensor, LayerContext, Tensor>
{
    private readonly Attention attention;
    private readonly Mlp mlp;
    private readonly nn.Module<Tensor, Tensor> attentionNorm, mlpNorm;
    private readonly nn.Module<Tensor, Tensor>? attentionPostNorm, mlpPostNorm;

    public DecoderLayer(ParameterScope parameters, DecoderConfig config, int layer) : base(nameof(DecoderLayer))
    {
        var names = config.Family.Names;
        attention = parameters.Part(this, names.Attention, below => new Attention(below, config, layer));
        mlp = parameters.Part(this, names.Mlp, below => new Mlp(below, config));
        attentionNorm = Norm(names.AttentionNorm);
        mlpNorm = Norm(names.MlpNorm);
        attentionPostNorm = names.AttentionPostNorm is { } attended ? Norm(attended) : null;
        mlpPostNorm = names.MlpPostNorm is { } gated ? Norm(gated) : null;

        nn.Module<Tensor, Tensor> Norm(string name) => parameters.Part(this, name, below => Norms.Of(below, config));
    }

    /// <summary><c>[N, H]</c> to <c>[N, H]</c>, or to the rows that the context names.</summary>
    public override Tensor forward(Tensor input1, LayerContext input2)
    {
        using var scope = NewDisposeScope();
        var attended = attention.call(attentionNorm.call(input1), input2);
        var residual = input2.Rows is { } rows ? input1.index_select(0, rows) : input1;
        var middle = residual + (attentionPostNorm?.call(attended) ?? attended);
        var gated = mlp.call(mlpNorm.call(middle));
        return (middle + (mlpPostNorm?.call(gated) ?? gated)).MoveToOuterDisposeScope();
    }

    // Parts are registered by name as they are made; the base class would add each again under its field's name.
    protected override void RegisterComponents() { }
}
