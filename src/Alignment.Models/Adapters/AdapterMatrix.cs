using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>One factor of a low-rank update.</summary>
internal sealed class AdapterMatrix : nn.Module
{
    [ComponentName(Name = "weight")]
    private readonly Parameter weight;

    public AdapterMatrix(ParameterScope parameters, long rows, long columns) : base(nameof(AdapterMatrix))
    {
        weight = parameters.Matrix("weight", rows, columns);
        RegisterComponents();
    }

    public Tensor Weight => weight;
}
