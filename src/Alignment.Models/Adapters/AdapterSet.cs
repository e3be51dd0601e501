using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Adapters on one base, each with a name: policy, value and reward of PPO are three of them and one model.</summary>
/// <remarks>
/// At most one is active, which means that it computes. Whether it is trained is a matter of its own: parameters of a trainable adapter
/// require a gradient whether it is active or not, so that two may be trained in turn. Not for several threads at a time.
/// </remarks>
public sealed class AdapterSet
{
    private readonly nn.Module backbone;
    private readonly DecoderConfig config;
    private readonly List<NamedPart> parts = [];
    private readonly List<Adapter> adapters = [];
    private MergedWeights? merged;

    internal AdapterSet(nn.Module backbone, DecoderConfig config, string prefix)
    {
        (this.backbone, this.config) = (backbone, config);
        foreach (var (name, module) in backbone.named_modules())
            if (module is AdaptedPart part) Include(new NamedPart(prefix + name, part, true));
    }

    /// <summary>Names of all adapters, in the order in which they came.</summary>
    public IReadOnlyList<string> Names => [.. adapters.Select(adapter => adapter.Name)];

    /// <summary>Name of the active adapter; null where the base computes alone.</summary>
    public string? Active => State.Active?.Name;

    /// <summary>Name of the adapter that is merged into the base weights; null where none is.</summary>
    public string? Merged => merged?.Adapter.Name;

    /// <summary>State of the random numbers of dropout: the same state and the same steps drop the same numbers, on any device of one kind.</summary>
    /// <value>The default is 0. Set it to begin another series, or to go on where a checkpoint ended.</value>
    public ulong DropoutState
    {
        get => State.DropoutState;
        set => State.DropoutState = value;
    }

    internal AdapterState State { get; } = new();

    /// <summary>Adds a new adapter, which changes nothing yet: B is 0, copies equal what they copy. The base is frozen.</summary>
    /// <remarks>The first adapter becomes active, any other when it is told to. Its parameters are float32 where the base has 16 bits.</remarks>
    /// <param name="name">A name of its own without dots; PEFT's usual one is <c>default</c>.</param>
    /// <param name="options">Rank, targets and so on.</param>
    /// <param name="seed">One seed gives one adapter, on every device.</param>
    /// <exception cref="ArgumentException">The name is taken or malformed, or the options name nothing in this model.</exception>
    /// <exception cref="UnsupportedModelException">A target is not a linear layer.</exception>
    /// <exception cref="InvalidOperationException">An adapter is merged.</exception>
    public void Add(string name, LoraOptions options, long seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        RequireNew(name);
        var steps = AdapterPlan.OfEveryName(options, parts);
        using var generator = new Generator((ulong)seed);
        Take(Adapter.Make(name, options, steps, new NewAdapter(generator), isTrainable: true, text: null));
    }

    /// <summary>Reads an adapter that PEFT or <see cref="Save"/> has written. The base is frozen; the first adapter becomes active.</summary>
    /// <param name="name">A name of its own without dots; it need not be the one under which it was saved.</param>
    /// <param name="folder">Holds adapter_config.json and adapter_model.safetensors.</param>
    /// <param name="isTrainable">Whether its parameters require a gradient; false for a reference or for use.</param>
    /// <exception cref="ArgumentException">The name is taken or malformed.</exception>
    /// <exception cref="ModelFormatException">adapter_config.json is malformed or out of range, or names nothing in this model.</exception>
    /// <exception cref="UnsupportedModelException">A setting of PEFT isn't supported; the message names it.</exception>
    /// <exception cref="SafetensorsException">The weight file is malformed, missing, or only of another format.</exception>
    /// <exception cref="WeightMismatchException">The tensors are not those that adapter_config.json describes on this model.</exception>
    /// <exception cref="InvalidOperationException">An adapter is merged.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public void Load(string name, string folder, bool isTrainable)
    {
        ArgumentNullException.ThrowIfNull(folder);
        RequireNew(name);
        Take(AdapterFolder.Read(name, folder, isTrainable, parts, config.Family.Names.Layers));
    }

    /// <summary>Writes adapter_config.json and adapter_model.safetensors, as PEFT and vLLM load them.</summary>
    /// <param name="name">Name of an adapter.</param>
    /// <param name="folder">Where the two files go; other files of the folder are left alone.</param>
    /// <exception cref="ArgumentException">There is no such adapter.</exception>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public void Save(string name, string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        AdapterFolder.Write(Find(name), folder, parts);
    }

    /// <summary>Removes an adapter and frees it. One that is merged stays in the base weights for good. The base stays frozen.</summary>
    /// <param name="name">Name of an adapter.</param>
    /// <exception cref="ArgumentException">There is no such adapter.</exception>
    public void Remove(string name)
    {
        var adapter = Find(name);
        if (merged?.Adapter == adapter)
        {
            merged.Dispose();
            merged = null;
        }
        if (State.Active == adapter) State.Active = null;
        adapters.Remove(adapter);
        adapter.Remove();
    }

    /// <summary>Lets an adapter compute, in place of the one that did.</summary>
    /// <param name="name">Name of an adapter.</param>
    /// <exception cref="ArgumentException">There is no such adapter.</exception>
    /// <exception cref="InvalidOperationException">An adapter is merged.</exception>
    public void Activate(string name) => Use(Find(name));

    /// <summary>Lets the base compute alone.</summary>
    /// <exception cref="InvalidOperationException">An adapter is merged.</exception>
    public void Deactivate() => Use(null);

    /// <summary>Lets an adapter compute until the result is disposed; then the one that did before goes on.</summary>
    /// <param name="name">Name of an adapter.</param>
    /// <returns>The end of it, to be disposed in the reverse order where several are nested.</returns>
    /// <exception cref="ArgumentException">There is no such adapter.</exception>
    /// <exception cref="InvalidOperationException">An adapter is merged.</exception>
    public IDisposable With(string name) => Scoped(Find(name));

    /// <summary>Lets the base compute alone until the result is disposed; then the adapter that did before goes on.</summary>
    /// <returns>The end of it, to be disposed in the reverse order where several are nested.</returns>
    /// <exception cref="InvalidOperationException">An adapter is merged.</exception>
    public IDisposable Without() => Scoped(null);

    /// <summary>Writes an adapter into the base weights, which compute as fast as before and now with it. It becomes the active one.</summary>
    /// <remarks>A copy of each weight that changes is kept for <see cref="Unmerge"/>: with all linear layers about the size of the base.</remarks>
    /// <param name="name">Name of an adapter.</param>
    /// <exception cref="ArgumentException">There is no such adapter.</exception>
    /// <exception cref="InvalidOperationException">An adapter is merged already.</exception>
    /// <exception cref="UnsupportedModelException">The adapter has a copy of an embedding that is the output projection too.</exception>
    public void Merge(string name)
    {
        var adapter = Find(name);
        RequireNotMerged();
        if (config.TieEmbeddings && adapter.Steps.FirstOrDefault(step => step.Part is TokenEmbedding && IsTied(step)) is { } tied)
            throw new UnsupportedModelException(
                $"'{tied.Name}' must not be merged: it is the output projection too, and adapter '{name}' changes only the embedding.");
        merged = MergedWeights.Of(adapter);
        State.Active = adapter;
    }

    /// <summary>Gives the base the very bits back that it had before <see cref="Merge"/>. The adapter stays active.</summary>
    /// <exception cref="InvalidOperationException">No adapter is merged.</exception>
    public void Unmerge()
    {
        if (merged is null) throw new InvalidOperationException("An adapter must be merged before it can be unmerged; none is.");
        merged.Undo();
        merged = null;
    }

    /// <summary>The parameters of an adapter, for an optimizer of its own.</summary>
    /// <param name="name">Name of an adapter.</param>
    /// <exception cref="ArgumentException">There is no such adapter.</exception>
    public IReadOnlyList<Parameter> Parameters(string name) => [.. Find(name).Parameters];

    /// <summary>What an adapter was made from.</summary>
    /// <param name="name">Name of an adapter.</param>
    /// <exception cref="ArgumentException">There is no such adapter.</exception>
    public LoraOptions Options(string name) => Find(name).Options;

    /// <summary>Lets adapters change a projection that stands on the backbone: the output projection, a head.</summary>
    /// <remarks>
    /// Heads of a reward and of a value model have one name. The adapters that come after a head change that one, and those that were
    /// there before keep theirs.
    /// </remarks>
    internal void Include(string name, Projection projection)
    {
        parts.RemoveAll(part => part.Name == name && !part.IsInner);
        Include(new NamedPart(name, projection, false));
    }

    /// <summary>What the active adapter does to a part; null where it does nothing, and while one is merged.</summary>
    internal AdapterShare? ShareOf(AdaptedPart part) => merged is null ? State.Active?.ShareOf(part) : null;

    /// <summary>The parameters of a module that a pass now would train: the base's, where they are, and the active adapter's.</summary>
    internal Tensor[] Trained(nn.Module module) => [.. Reached(module.named_parameters()).Where(entry => entry.parameter.requires_grad).Select(entry => entry.parameter)];

    /// <summary>Those parameters that a pass now would go through: the base's and the active adapter's.</summary>
    internal IEnumerable<(string name, Parameter parameter)> Reached(IEnumerable<(string name, Parameter parameter)> parameters) =>
        parameters.Where(entry => AdapterNames.AdapterOf(entry.name) is not { } owner || (owner == Active && merged is null));

    private bool IsTied(AdapterStep step) => step.Name == $"{config.Family.Names.Root}.{config.Family.Names.Embedding}";

    private void Include(NamedPart part)
    {
        parts.Add(part);
        part.Part.Adapters = this;
    }

    private void Take(Adapter adapter)
    {
        adapters.Add(adapter);
        if (adapters.Count == 1) State.Active = adapter;
        foreach (var (_, parameter) in backbone.BaseParameters()) parameter.requires_grad_(false);
        foreach (var head in parts.Where(part => !part.IsInner))
            foreach (var (_, parameter) in head.Part.named_parameters(false)) parameter.requires_grad_(false);
    }

    private Adapter Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return adapters.Find(adapter => adapter.Name == name)
            ?? throw new ArgumentException(adapters.Count == 0
                ? $"There must be an adapter of this name; was '{name}', and there is none at all."
                : $"The name must be that of an adapter: {string.Join(", ", Names)}; was '{name}'.", nameof(name));
    }

    private void RequireNew(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name.Contains('.'))
            throw new ArgumentException($"The name of an adapter must be neither empty nor have a dot; was '{name}'.", nameof(name));
        if (adapters.Exists(adapter => adapter.Name == name))
            throw new ArgumentException($"Each adapter must have a name of its own; '{name}' is taken.", nameof(name));
        RequireNotMerged();
    }

    private void RequireNotMerged()
    {
        if (merged is not null)
            throw new InvalidOperationException(
                $"No adapter may be merged for this; '{Merged}' is, so that its weights are in the base. Call {nameof(Unmerge)} before.");
    }

    private void Use(Adapter? adapter)
    {
        RequireNotMerged();
        State.Active = adapter;
    }

    private Ending Scoped(Adapter? adapter)
    {
        RequireNotMerged();
        return State.Use(adapter);
    }
}
