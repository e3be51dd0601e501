using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary><c>g x / √(mean(x²) + ε)</c> over the last dimension.</summary>
/// <remarks>
/// Zhang and Sennrich 2019 (arXiv 1910.07467). Half-precision inputs are normed in float32 and rounded before the gain, as transformers does.
/// </remarks>
internal sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter weight;

    private readonly double epsilon;

    public RmsNorm(ParameterScope parameters, long size, double epsilon) : base(nameof(RmsNorm))
    {
        weight = parameters.Gain("weight", size);
        this.epsilon = epsilon;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var wide = input.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? input.to(ScalarType.Float32) : input;
        var inverse = (wide.square().mean([-1], true) + epsilon).rsqrt();
        return (weight * (wide * inverse).to(input.dtype)).MoveToOuterDisposeScope();
    }
}
