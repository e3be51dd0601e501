using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>A module that adapters change: by a low-rank update, or by a copy of the whole that takes its place.</summary>
/// <remarks>Without an active adapter it costs one test, and gives the same bits as if there were none.</remarks>
internal abstract class AdaptedPart(string name) : nn.Module<Tensor, Tensor>(name)
{
    private readonly Dictionary<string, AdapterGroup> groups = [];

    /// <summary>The adapters of the model that this is a part of; null in a copy that an adapter has made.</summary>
    public AdapterSet? Adapters { get; set; }

    /// <summary>The base's own weight.</summary>
    public abstract Tensor Weight { get; }

    /// <summary>Columns and rows of the matrix as it multiplies, whichever way it is stored; null where a low-rank update is not supported.</summary>
    public abstract (long Inputs, long Outputs)? Sizes { get; }

    /// <summary>Whether the matrix is stored as <c>[inputs, outputs]</c>.</summary>
    public virtual bool IsTransposed => false;

    /// <summary>A part of the same shape with other parameters.</summary>
    public abstract AdaptedPart Twin(ParameterScope parameters);

    /// <summary>What the base gives, or would give without adapters.</summary>
    public abstract Tensor Plain(Tensor input);

    public sealed override Tensor forward(Tensor input) =>
        Adapters?.ShareOf(this) is { } share ? share.Output(this, input, Adapters.State) : Plain(input);

    /// <summary>The weight as the active adapter makes it, for those who multiply by it themselves.</summary>
    /// <remarks>The base's or a copy's own, or <c>W + s B A</c>, a new tensor with gradient and of the size of the weight.</remarks>
    public Tensor ActiveWeight() => Adapters?.ShareOf(this) is { } share ? share.Weight(this) : Weight;

    /// <summary>Registers a module as <c>group.adapter</c>, PEFT's way to name it.</summary>
    public void Attach(string group, string adapter, nn.Module module)
    {
        if (!groups.TryGetValue(group, out var members))
        {
            groups.Add(group, members = new AdapterGroup());
            register_module(group, members);
        }
        members.register_module(adapter, module);
    }

    public void Detach(string group, string adapter) => groups[group].register_module(adapter, null!);
}
