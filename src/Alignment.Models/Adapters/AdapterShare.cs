using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>What one adapter does to one part.</summary>
internal abstract class AdapterShare
{
    /// <summary>Its modules, each with the group under which the part registers it.</summary>
    public abstract IReadOnlyList<(string Group, nn.Module Module)> Modules { get; }

    /// <summary>The part's output with the adapter.</summary>
    public abstract Tensor Output(AdaptedPart part, Tensor input, AdapterState state);

    /// <summary>The part's weight with the adapter.</summary>
    public abstract Tensor Weight(AdaptedPart part);

    /// <summary>Values of the part's own parameters with which it gives the adapter's output by itself.</summary>
    public abstract IEnumerable<(string Name, Tensor Value)> Merged(AdaptedPart part);
}
