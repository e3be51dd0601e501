using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models;

/// <summary><c>x Wᵀ + b</c> with W as <c>[outputs, inputs]</c>.</summary>
internal sealed class Projection : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter? bias;

    public Projection(ParameterScope parameters, long inputs, long outputs, bool hasBias = false) : base(nameof(Projection))
    {
        weight = parameters.Matrix("weight", outputs, inputs);
        bias = hasBias ? parameters.Bias("bias", outputs) : null;
        RegisterComponents();
    }

    internal Tensor Weight => weight;

    public override Tensor forward(Tensor input) => F.linear(input, weight, bias);
}
