using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Base weights that hold an adapter, and what they were before: subtracting what was added would not give the same bits.</summary>
internal sealed class MergedWeights : IDisposable
{
    private readonly List<(AdaptedPart Part, string Name, Tensor Value)> originals = [];

    private MergedWeights(Adapter adapter) => Adapter = adapter;

    public Adapter Adapter { get; }

    /// <summary>Writes an adapter into the base weights; a failure leaves them as they were.</summary>
    public static MergedWeights Of(Adapter adapter)
    {
        var merged = new MergedWeights(adapter);
        using var noGrad = no_grad();
        try
        {
            foreach (var part in adapter.Steps.Select(step => step.Part)) merged.Take(part, adapter.ShareOf(part)!);
            return merged;
        }
        catch
        {
            merged.Undo();
            throw;
        }
    }

    /// <summary>Writes the old values back, bit for bit.</summary>
    public void Undo()
    {
        using var noGrad = no_grad();
        foreach (var (part, name, value) in originals) Own(part, name).copy_(value);
        Dispose();
    }

    public void Dispose()
    {
        foreach (var (_, _, value) in originals) value.Dispose();
        originals.Clear();
    }

    private void Take(AdaptedPart part, AdapterShare share)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, value) in share.Merged(part))
        {
            var parameter = Own(part, name);
            originals.Add((part, name, parameter.detach().clone().DetachFromDisposeScope()));
            parameter.copy_(value);
        }
    }

    // By name, since a module that moves replaces its parameters.
    private static Parameter Own(AdaptedPart part, string name) => part.named_parameters(false).First(entry => entry.name == name).parameter;
}
