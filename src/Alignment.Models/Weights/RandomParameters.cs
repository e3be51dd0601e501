using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>New parameters, drawn in the order in which a model takes them.</summary>
/// <remarks>Drawn in float32 on the CPU whatever the model's type and device, so that a seed means one model everywhere.</remarks>
internal sealed class RandomParameters(ScalarType type, Device device, double deviation, Generator generator) : ParameterSource(type, device)
{
    public override Parameter Take(string name, long[] shape, InitialValue initial)
    {
        var parameter = Allocate(shape);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (initial == InitialValue.Normal)
            parameter.copy_(empty(shape, dtype: ScalarType.Float32, device: CPU).normal_(0, deviation, generator));
        else
            parameter.fill_(initial == InitialValue.One ? 1 : 0);
        return parameter;
    }
}
