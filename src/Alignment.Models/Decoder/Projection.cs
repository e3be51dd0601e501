using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models;

/// <summary><c>x Wᵀ + b</c> with W as <c>[outputs, inputs]</c>, or stored the other way round.</summary>
internal sealed class Projection : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter? bias;

    private readonly bool isTransposed;

    public Projection(ParameterScope parameters, long inputs, long outputs, bool hasBias = false, bool isTransposed = false)
        : base(nameof(Projection))
    {
        this.isTransposed = isTransposed;
        weight = isTransposed ? parameters.Matrix("weight", inputs, outputs) : parameters.Matrix("weight", outputs, inputs);
        bias = hasBias ? parameters.Bias("bias", outputs) : null;
        RegisterComponents();
    }

    internal Tensor Weight => weight;

    public override Tensor forward(Tensor input)
    {
        if (!isTransposed) return F.linear(input, weight, bias);
        using var matrix = weight.t();
        return F.linear(input, matrix, bias);
    }
}
