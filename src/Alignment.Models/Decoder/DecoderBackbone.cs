using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>A decoder without its output projection: token ids to hidden states. Output projection, score head and value head stand on it.</summary>
public sealed class DecoderBackbone : nn.Module
{
    private readonly TokenEmbedding embedding;
    private readonly TokenEmbedding? learnedPositions;
    private readonly ModuleList<DecoderLayer> layers = new();
    private readonly nn.Module<Tensor, Tensor> norm;
    private readonly RotaryEmbedding? rotary, localRotary;
    private List<(string Layer, double Largest)>? largest;   // of each layer, while somebody asks

    internal DecoderBackbone(ParameterScope parameters, DecoderConfig config) : base(nameof(DecoderBackbone))
    {
        Config = config;
        var names = config.Family.Names;
        embedding = parameters.Part(this, names.Embedding, below => new TokenEmbedding(below, config.VocabularySize, config.HiddenSize));
        learnedPositions = names.PositionEmbedding is { } positions
            ? parameters.Part(this, positions, below => new TokenEmbedding(below, config.MaxPositions, config.HiddenSize))
            : null;
        var all = parameters.Below(names.Layers);
        for (var i = 0; i < config.Layers; i++)
            layers.Add(new DecoderLayer(all.Below(i.ToString(CultureInfo.InvariantCulture)), config, i));
        register_module(names.Layers, layers);
        norm = parameters.Part(this, names.LastNorm, below => Norms.Of(below, config));
        Adapters = new AdapterSet(this, config, parameters.Prefix);
        if (!config.Family.HasRotaryPositions) return;
        rotary = new RotaryEmbedding(config.Rope, config.TurnedSize(config.Rope), config.MaxPositions);
        localRotary = config.LocalRope is { } local ? new RotaryEmbedding(local, config.TurnedSize(local), config.MaxPositions) : null;
    }

    /// <summary>The architecture.</summary>
    public DecoderConfig Config { get; }

    /// <summary>The device of the weights.</summary>
    public Device Device => embedding.Weight.device;

    /// <summary>LoRA adapters, by name. Heads on this backbone are among what they change.</summary>
    public AdapterSet Adapters { get; }

    /// <summary>Whether a layer keeps only its input for backward and computes the rest a second time there.</summary>
    /// <value>The default is false. Same loss and gradients; about a third more time, the memory of one layer and of the inputs of all.</value>
    public bool UsesActivationCheckpointing { get; set; }

    internal Tensor EmbeddingWeight => embedding.Weight;

    internal ScalarType DataType => embedding.Weight.dtype;

    /// <summary>Hidden states after the last norm.</summary>
    /// <param name="layout">The batch, on the device of the weights.</param>
    /// <returns><c>[N, H]</c>, a row for each token of the layout.</returns>
    /// <exception cref="ArgumentException">An id is not in the vocabulary, a sequence is too long, or the layout is on another device.</exception>
    public Tensor Hidden(TokenLayout layout)
    {
        Require(layout);
        using var scope = NewDisposeScope();
        return Hidden(layout.Tokens, layout.Positions, layout.MaxLength, LayoutAttention.Of(layout)).MoveToOuterDisposeScope();
    }

    /// <summary>Hidden states of some rows after the last norm; the last layer computes queries and what follows for these rows only.</summary>
    /// <param name="layout">The batch, on the device of the weights.</param>
    /// <param name="rows">Rows of the layout in the order of their sequences, int64 <c>[R]</c>.</param>
    /// <param name="counts">How many of them are of each sequence.</param>
    /// <returns><c>[R, H]</c>.</returns>
    internal Tensor Hidden(TokenLayout layout, Tensor rows, IReadOnlyList<int> counts)
    {
        Require(layout);
        using var scope = NewDisposeScope();
        var last = (rows, SelectedAttention.Of(layout, rows, counts));
        return Hidden(layout.Tokens, layout.Positions, layout.MaxLength, LayoutAttention.Of(layout), last).MoveToOuterDisposeScope();
    }

    private void Require(TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.RequireVocabulary(Config.VocabularySize);
        RequirePositions(layout.MaxLength, nameof(layout));
        var (here, there) = (Device, layout.Tokens.device);
        if (here.type != there.type || here.index != there.index)
            throw new ArgumentException($"The layout must be on the model's device {here}; was on {there}.", nameof(layout));
    }

    /// <summary>Hidden states after the last norm, <c>[N, H]</c>.</summary>
    /// <param name="tokens">Ids, int64 <c>[N]</c>.</param>
    /// <param name="positions">Place of each token in its sequence, int64 <c>[N]</c>.</param>
    /// <param name="longest">Length of the longest sequence, or of the longest there is room for.</param>
    /// <param name="attention">Which tokens see which.</param>
    /// <param name="last">Rows that the last layer is asked for, and what these see; null for all rows.</param>
    internal Tensor Hidden(
        Tensor tokens, Tensor positions, long longest, AttentionContext attention, (Tensor Rows, AttentionContext Attention)? last = null)
    {
        using var scope = NewDisposeScope();
        using var pass = Adapters.State.Begin(drops: training && is_grad_enabled());
        var context = new LayerContext(
            attention, rotary?.At(positions, longest, DataType), localRotary?.At(positions, longest, DataType));
        var hidden = Embedded(tokens, positions);
        foreach (var layer in layers)
        {
            if (last is { } asked && layer == layers[^1]) context = context with { Attention = asked.Attention, Rows = asked.Rows };
            var next = UsesActivationCheckpointing ? CheckpointedLayer.Call(layer, hidden, context, Adapters) : layer.call(hidden, context);
            largest?.Add((FormattableString.Invariant($"{Config.Family.Names.Layers}.{largest.Count}"), next.abs().max().to(ScalarType.Float64).item<double>()));
            hidden.Dispose();   // the graph keeps what backward needs; without gradients the memory is free at once
            hidden = next;
        }
        return norm.call(hidden).MoveToOuterDisposeScope();
    }

    /// <summary>Memory of the pass of <see cref="Hidden(TokenLayout, Tensor, IReadOnlyList{int})"/> with gradients.</summary>
    internal KeptBytes Kept(TokenLayout layout, Tensor rows, IReadOnlyList<int> counts)
    {
        Require(layout);
        return new KeptActivations(Config, DataType).Bytes(layout, rows, counts, UsesActivationCheckpointing);
    }

    /// <summary>The largest absolute number that each layer gives for a batch, without gradients.</summary>
    internal IReadOnlyList<(string Layer, double Largest)> LargestActivations(TokenLayout layout)
    {
        using var noGrad = no_grad();
        var found = largest = [];
        try
        {
            Hidden(layout).Dispose();
        }
        finally
        {
            largest = null;
        }
        return found;
    }

    internal void RequirePositions(long length, string name)
    {
        if (length > Config.MaxPositions)
            throw new ArgumentException(FormattableString.Invariant(
                $"Sequences must have at most {Config.MaxPositions} tokens for this model; asked for {length}."), name);
    }

    /// <inheritdoc/>
    /// <remarks>Parts are registered by name as they are made; the base class would add each again under its field's name.</remarks>
    protected override void RegisterComponents() { }

    private Tensor Embedded(Tensor tokens, Tensor positions)
    {
        var rows = embedding.call(tokens);
        if (learnedPositions is not null) rows = rows + learnedPositions.call(positions);
        if (!Config.Family.HasScaledEmbedding) return rows;
        return rows * tensor(Math.Sqrt(Config.HiddenSize), dtype: rows.dtype, device: rows.device);   // √H is rounded to the type of the weights, as in training
    }
}
