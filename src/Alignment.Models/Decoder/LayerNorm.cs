using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models;

/// <summary><c>g (x - mean) / √(variance + ε) + b</c> over the last dimension.</summary>
/// <remarks>Ba et al. 2016 (arXiv 1607.06450). The kernel itself computes half-precision inputs in float32.</remarks>
internal sealed class LayerNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter bias;

    private readonly double epsilon;

    public LayerNorm(ParameterScope parameters, long size, double epsilon) : base(nameof(LayerNorm))
    {
        weight = parameters.Gain("weight", size);
        bias = parameters.Bias("bias", size);
        this.epsilon = epsilon;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => F.layer_norm(input, weight.shape, weight, bias, epsilon);
}
