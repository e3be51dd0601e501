using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Causal self-attention with key/value heads that several query heads may share.</summary>
/// <remarks>Vaswani et al. 2017 (arXiv 1706.03762); grouped queries: Ainslie et al. 2023 (arXiv 2305.13245).</remarks>
internal sealed class Attention : nn.Module<Tensor, LayerContext, Tensor>
{
    private readonly JointProjection inputs;
    private readonly Projection output;
    private readonly RmsNorm? queryNorm, keyNorm;
    private readonly AttentionPattern pattern;
    private readonly long headSize;
    private readonly double queryFactor;

    public Attention(ParameterScope parameters, DecoderConfig config, int layer) : base(nameof(Attention))
    {
        var (family, attention, hidden) = (config.Family, config.Attention, config.HiddenSize);
        var (names, size) = (family.Names, config.HeadSize);
        var (queries, keys) = ((long)attention.Heads * size, (long)attention.KeyValueHeads * size);
        headSize = size;
        queryFactor = Math.Sqrt(size / (attention.QueryScale ?? size));   // 1 but for Gemma: the kernel itself divides by √d
        pattern = AttentionPattern.Of(attention, layer);
        inputs = names.FusedInput is { } fused
            ? new JointProjection([Project(fused, hidden, queries + 2 * keys, family.HasInputBias)], [queries, keys, keys])
            : new JointProjection(
                [
                    Project("q_proj", hidden, queries, family.HasInputBias),
                    Project("k_proj", hidden, keys, family.HasInputBias),
                    Project("v_proj", hidden, keys, family.HasInputBias),
                ],
                [queries, keys, keys]);
        output = Project(names.AttentionOutput, queries, hidden, family.HasOutputBias);
        if (!family.HasQueryKeyNorms) return;
        queryNorm = parameters.Part(this, "q_norm", below => new RmsNorm(below, size, config.NormEpsilon, family.Norm));
        keyNorm = parameters.Part(this, "k_norm", below => new RmsNorm(below, size, config.NormEpsilon, family.Norm));

        Projection Project(string name, long from, long to, bool hasBias) => parameters.Part(
            this, name, below => new Projection(below, from, to, hasBias || attention.Bias, names.IsTransposed));
    }

    /// <summary><c>[N, H]</c> to <c>[N, H]</c>, or to the rows that the context names.</summary>
    public override Tensor forward(Tensor input1, LayerContext input2)
    {
        using var scope = NewDisposeScope();
        var (hidden, context) = (input1, input2);
        var rotation = context.RotationOf(pattern);
        var rows = inputs.Of(hidden, context.Rows);
        var q = Turned(rows[0], queryNorm, context.Rows is { } asked ? rotation?.Of(asked) : rotation);
        var k = Turned(rows[1], keyNorm, rotation);
        var v = Heads(rows[2]);
        if (queryFactor != 1) q = q * queryFactor;
        return output.call(context.Attention.Attend(pattern, q, k, v)).MoveToOuterDisposeScope();
    }

    // Parts are registered by name as they are made; the base class would add each again under its field's name.
    protected override void RegisterComponents() { }

    private Tensor Turned(Tensor rows, RmsNorm? norm, Rotation? rotation)
    {
        var heads = Heads(rows);
        if (norm is not null) heads = norm.call(heads);
        return rotation is { } turn ? turn.Apply(heads) : heads;
    }

    private Tensor Heads(Tensor rows) => rows.view(rows.shape[0], -1, headSize);
}
