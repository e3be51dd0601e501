using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Where the parts of a model get their parameters from while it is built: a checkpoint or a generator.</summary>
internal abstract class ParameterSource(ScalarType type, Device device)
{
    private readonly Device device = Devices.Require(device);
    private readonly List<Parameter> allocated = [];

    /// <summary>The parameter of this full name and shape.</summary>
    public abstract Parameter Take(string name, long[] shape, InitialValue initial);

    /// <summary>Frees what was given so far, for a model that could not be built.</summary>
    public void Release()
    {
        foreach (var parameter in allocated) parameter.Dispose();
    }

    /// <summary>Memory for a parameter that no dispose scope will free: it lives as long as its module.</summary>
    protected Parameter Allocate(long[] shape)
    {
        var parameter = new Parameter(empty(shape, dtype: type, device: device));
        parameter.DetachFromDisposeScope();
        allocated.Add(parameter);
        return parameter;
    }
}
