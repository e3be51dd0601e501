using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary><c>g x / √(mean(x²) + ε)</c> over the last dimension; g is the weight, or 1 + the weight.</summary>
/// <remarks>
/// Zhang and Sennrich 2019 (arXiv 1910.07467). Half-precision inputs are normed in float32 and rounded before the gain, as transformers
/// does; Gemma, which adds 1 to the weight, is rounded after it.
/// </remarks>
internal sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter weight;

    private readonly double epsilon;
    private readonly bool isPlusOne;

    public RmsNorm(ParameterScope parameters, long size, double epsilon, NormKind kind = NormKind.Rms) : base(nameof(RmsNorm))
    {
        isPlusOne = kind == NormKind.RmsPlusOne;
        weight = isPlusOne ? parameters.Bias("weight", size) : parameters.Gain("weight", size);
        this.epsilon = epsilon;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var wide = input.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? input.to(ScalarType.Float32) : input;
        var normed = wide * (wide.square().mean([-1], true) + epsilon).rsqrt();
        var output = isPlusOne ? (normed * (weight.to(wide.dtype) + 1)).to(input.dtype) : weight * normed.to(input.dtype);
        return output.MoveToOuterDisposeScope();
    }
}
