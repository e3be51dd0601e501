using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>The gated unit of a layer: <c>down(silu(gate x) · up x)</c>.</summary>
/// <remarks>SwiGLU, Shazeer 2020 (arXiv 2002.05202).</remarks>
internal sealed class GatedMlp : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "gate_proj")]
    private readonly Projection gate;

    [ComponentName(Name = "up_proj")]
    private readonly Projection up;

    [ComponentName(Name = "down_proj")]
    private readonly Projection down;

    public GatedMlp(ParameterScope parameters, DecoderConfig config) : base(nameof(GatedMlp))
    {
        var (hidden, inner, bias) = (config.HiddenSize, config.IntermediateSize, config.MlpBias);
        gate = new Projection(parameters.Below("gate_proj"), hidden, inner, bias);
        up = new Projection(parameters.Below("up_proj"), hidden, inner, bias);
        down = new Projection(parameters.Below("down_proj"), inner, hidden, bias);
        RegisterComponents();
    }

    /// <summary><c>[N, H]</c> to <c>[N, H]</c>.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return down.call(gate.call(input).silu() * up.call(input)).MoveToOuterDisposeScope();
    }
}
