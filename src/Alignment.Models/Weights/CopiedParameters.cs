using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Parameters equal to those of another model of the same configuration.</summary>
/// <param name="source">The other model.</param>
/// <param name="like">One of its weights, whose type and device all have.</param>
internal sealed class CopiedParameters(nn.Module source, Tensor like) : ParameterSource(like.dtype, like.device)
{
    private readonly Dictionary<string, Parameter> originals = source.named_parameters().ToDictionary(p => p.name, p => p.parameter);

    public override Parameter Take(string name, long[] shape, InitialValue initial)
    {
        var parameter = Allocate(shape);
        using var noGrad = no_grad();
        parameter.copy_(originals[name]);
        return parameter;
    }
}
