using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>float32 copies of the trained weights that are stored in 16 bits: steps of 1e-7 are lost in a bfloat16 weight, and moments with them.</summary>
/// <remarks>A weight of 32 or 64 bits is its own master and costs nothing.</remarks>
internal sealed class MasterWeights : IDisposable
{
    private readonly List<(Parameter Weight, Parameter Master)> _copies = [];

    public MasterWeights(IEnumerable<Parameter> trained)
    {
        using var noGrad = no_grad();
        foreach (var weight in trained)
        {
            if (weight.dtype is not (ScalarType.BFloat16 or ScalarType.Float16))
            {
                Weights.Add(weight);
                continue;
            }
            var master = new Parameter(weight.to(ScalarType.Float32));
            master.DetachFromDisposeScope();
            _copies.Add((weight, master));
            Weights.Add(master);
        }
    }

    /// <summary>What the optimizer steps, in the order of the trained weights.</summary>
    public List<Parameter> Weights { get; } = [];

    /// <summary>Moves the gradients of 16 bits to the masters.</summary>
    public void TakeGradients()
    {
        foreach (var (weight, master) in _copies)
        {
            using var gradient = weight.grad;
            if (gradient is null) continue;
            master.grad = gradient.to(ScalarType.Float32);
            weight.grad = null;
        }
    }

    /// <summary>Rounds the stepped masters back into the model and forgets their gradients.</summary>
    public void GiveWeights()
    {
        using var noGrad = no_grad();
        foreach (var (weight, master) in _copies)
        {
            weight.copy_(master);
            master.grad = null;
        }
    }

    public void Dispose()
    {
        foreach (var (_, master) in _copies) master.Dispose();
    }
}
