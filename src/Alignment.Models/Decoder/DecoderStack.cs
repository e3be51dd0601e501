using System.Globalization;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Embedding, layers and last norm: token ids to hidden states.</summary>
internal sealed class DecoderStack : nn.Module<Tensor, AttentionContext, Tensor>
{
    [ComponentName(Name = "embed_tokens")]
    private readonly TokenEmbedding embedding;

    [ComponentName(Name = "layers")]
    private readonly ModuleList<DecoderLayer> layers;

    [ComponentName(Name = "norm")]
    private readonly RmsNorm norm;

    public DecoderStack(ParameterScope parameters, DecoderConfig config) : base(nameof(DecoderStack))
    {
        embedding = new TokenEmbedding(parameters.Below("embed_tokens"), config.VocabularySize, config.HiddenSize);
        var below = parameters.Below("layers");
        layers = new ModuleList<DecoderLayer>();
        for (var i = 0; i < config.Layers; i++)
            layers.Add(new DecoderLayer(below.Below(i.ToString(CultureInfo.InvariantCulture)), config, i));
        norm = new RmsNorm(parameters.Below("norm"), config.HiddenSize, config.NormEpsilon);
        RegisterComponents();
    }

    internal Tensor EmbeddingWeight => embedding.Weight;

    /// <summary>Ids <c>[N]</c> to <c>[N, H]</c>.</summary>
    public override Tensor forward(Tensor input1, AttentionContext input2)
    {
        using var scope = NewDisposeScope();
        var hidden = embedding.call(input1);
        foreach (var layer in layers)
        {
            var next = layer.call(hidden, input2);
            hidden.Dispose();   // the graph keeps what backward needs; without gradients the memory is free at once
            hidden = next;
        }
        return norm.call(hidden).MoveToOuterDisposeScope();
    }
}
