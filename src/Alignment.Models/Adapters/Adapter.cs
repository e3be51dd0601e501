using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>One adapter: what it was made from, and its share in each part that it changes.</summary>
internal sealed class Adapter
{
    private readonly IReadOnlyList<(AdapterStep Step, AdapterShare Share)> shares;
    private readonly Dictionary<AdaptedPart, AdapterShare> byPart;

    private Adapter(string name, LoraOptions options, IReadOnlyList<(AdapterStep Step, AdapterShare Share)> shares)
    {
        (Name, Options, this.shares) = (name, options, shares);
        byPart = shares.ToDictionary(entry => entry.Step.Part, entry => entry.Share);
    }

    public string Name { get; }

    public LoraOptions Options { get; }

    /// <summary>adapter_config.json as it was read; null where the adapter is new.</summary>
    public string? Source { get; init; }

    public bool IsRemoved { get; private set; }

    public IEnumerable<AdapterStep> Steps => shares.Select(entry => entry.Step);

    /// <summary>All parameters, in the order of the model's parts.</summary>
    public IEnumerable<Parameter> Parameters => shares.SelectMany(entry => entry.Share.Modules).SelectMany(entry => entry.Module.parameters());

    /// <summary>All parameters by their names in the file.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Tensors =>
        from entry in shares
        from member in entry.Share.Modules
        from parameter in member.Module.named_parameters()
        select (AdapterNames.InFile(entry.Step.Name, member.Group, parameter.name), (Tensor)parameter.parameter);

    /// <summary>Makes an adapter and hangs it into the parts; a failure leaves them as they were.</summary>
    public static Adapter Make(string name, LoraOptions options, IReadOnlyList<AdapterStep> steps, AdapterSource source, bool isTrainable, string? text)
    {
        try
        {
            var adapter = new Adapter(name, options, [.. steps.Select(step => (step, step.Make(options, source)))]) { Source = text };
            foreach (var parameter in adapter.Parameters) parameter.requires_grad_(isTrainable);
            foreach (var (step, share) in adapter.shares)
                foreach (var (group, module) in share.Modules) step.Part.Attach(group, name, module);
            return adapter;
        }
        catch
        {
            source.Release();
            throw;
        }
    }

    public AdapterShare? ShareOf(AdaptedPart part) => byPart.GetValueOrDefault(part);

    /// <summary>Takes the adapter out of the parts and frees it.</summary>
    public void Remove()
    {
        IsRemoved = true;
        foreach (var (step, share) in shares)
            foreach (var (group, module) in share.Modules)
            {
                step.Part.Detach(group, Name);
                module.Dispose();
            }
    }
}
