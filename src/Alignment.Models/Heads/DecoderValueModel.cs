using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>A decoder with a value head, kept in the same files as a reward model, from which it usually begins.</summary>
/// <remarks>Load one with <see cref="PretrainedModel.LoadValueModel"/>, or begin with <see cref="DecoderRewardModel.ToValueModel"/>.</remarks>
public sealed class DecoderValueModel : ValueModel
{
    internal DecoderValueModel(DecoderConfig config, ParameterSource parameters) : base(nameof(DecoderValueModel))
    {
        var root = new ParameterScope(parameters);
        Backbone = root.Part(this, config.Family.Names.Root, below => new DecoderBackbone(below, config));
        Head = new ValueHead(root, config);
        register_module(HeadProjection.Name, Head.Projection);
        Backbone.Adapters.Include(HeadProjection.Name, Head.Projection);
    }

    /// <summary>The decoder below the head.</summary>
    public DecoderBackbone Backbone { get; }

    /// <summary>The head.</summary>
    public ValueHead Head { get; }

    /// <inheritdoc/>
    public override Device Device => Backbone.Device;

    /// <inheritdoc/>
    public override IEnumerable<(string name, TorchSharp.Modules.Parameter parameter)> TrainedParameters => Backbone.Adapters.Reached(base.TrainedParameters);

    /// <inheritdoc/>
    public override bool GradientCheckpointing { get => Backbone.UsesActivationCheckpointing; set => Backbone.UsesActivationCheckpointing = value; }

    /// <inheritdoc/>
    /// <remarks>That of the adapters' dropout.</remarks>
    public override ulong RandomState { get => Backbone.Adapters.State.DropoutState; set => Backbone.Adapters.State.DropoutState = value; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Layer, double Largest)> LargestActivations(TokenLayout layout) => Backbone.LargestActivations(layout);

    /// <inheritdoc/>
    public override long? ActivationBytes(TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var bytes = Backbone.Kept(layout, layout.Sources, layout.ResponseLengths);
        return bytes.Kept + bytes.Recomputed;
    }

    /// <inheritdoc/>
    public override Tensor Values(TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        using var scope = NewDisposeScope();
        return HeadProjection.Of(Head.Projection, Backbone.Hidden(layout, layout.Sources, layout.ResponseLengths)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc cref="DecoderRewardModel.SavePretrained"/>
    public void SavePretrained(string folder, long maxShardBytes = 5_000_000_000) =>
        ModelFolder.Save(Backbone.Config with { HasScoreHead = true }, this, folder, maxShardBytes);

    /// <inheritdoc/>
    /// <remarks>Parts are registered by name as they are made; the base class would add each again under its field's name.</remarks>
    protected override void RegisterComponents() { }
}
