using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models;

/// <summary><c>x Wᵀ + b</c> with W as <c>[outputs, inputs]</c>, or stored the other way round.</summary>
internal sealed class Projection : AdaptedPart
{
    [ComponentName(Name = "weight")]
    private readonly Parameter weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter? bias;

    private readonly long inputs, outputs;

    public Projection(ParameterScope parameters, long inputs, long outputs, bool hasBias = false, bool isTransposed = false)
        : base(nameof(Projection))
    {
        (this.inputs, this.outputs, IsTransposed) = (inputs, outputs, isTransposed);
        weight = isTransposed ? parameters.Matrix("weight", inputs, outputs) : parameters.Matrix("weight", outputs, inputs);
        bias = hasBias ? parameters.Bias("bias", outputs) : null;
        RegisterComponents();
    }

    public override Tensor Weight => weight;

    public override (long Inputs, long Outputs)? Sizes => (inputs, outputs);

    public override bool IsTransposed { get; }

    public override AdaptedPart Twin(ParameterScope parameters) => new Projection(parameters, inputs, outputs, bias is not null, IsTransposed);

    public override Tensor Plain(Tensor input)
    {
        if (!IsTransposed) return F.linear(input, weight, bias);
        using var matrix = weight.t();
        return F.linear(input, matrix, bias);
    }
}
