using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>The unit after attention: gated, <c>down(act(gate x) · up x)</c>, or plain, <c>down(act(up x))</c>.</summary>
/// <remarks>Gated: SwiGLU and GeGLU, Shazeer 2020 (arXiv 2002.05202).</remarks>
internal sealed class Mlp : nn.Module<Tensor, Tensor>
{
    private readonly JointProjection inputs;
    private readonly Projection down;
    private readonly Activation activation;

    public Mlp(ParameterScope parameters, DecoderConfig config) : base(nameof(Mlp))
    {
        var (family, hidden, inner) = (config.Family, config.HiddenSize, config.IntermediateSize);
        var names = family.Names;
        activation = family.Activation;
        inputs = names switch
        {
            { PlainUp: { } up } => new JointProjection([Project(up, hidden, inner)], [inner]),
            { FusedGate: { } fused } => new JointProjection([Project(fused, hidden, 2L * inner)], [inner, inner]),
            _ => new JointProjection([Project("gate_proj", hidden, inner), Project("up_proj", hidden, inner)], [inner, inner]),
        };
        down = Project(names.Down, inner, hidden);

        Projection Project(string name, long from, long to) => parameters.Part(
            this, name, below => new Projection(below, from, to, config.MlpBias || family.HasOutputBias, names.IsTransposed));
    }

    /// <summary><c>[N, H]</c> to <c>[N, H]</c>.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var rows = inputs.Of(input);
        var active = activation.Of(rows[0]);
        return down.call(rows.Length == 1 ? active : active * rows[1]).MoveToOuterDisposeScope();
    }

    // Parts are registered by name as they are made; the base class would add each again under its field's name.
    protected override void RegisterComponents() { }
}
