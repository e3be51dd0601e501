using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>A decoder with a value head, kept in the same files as a reward model, from which it usually begins.</summary>
/// <remarks>Load one with <see cref="PretrainedModel.LoadValueModel"/>, or begin with <see cref="DecoderRewardModel.ToValueModel"/>.</remarks>
public sealed class DecoderValueModel : ValueModel
{
    internal DecoderValueModel(DecoderConfig config, ParameterSource parameters)
        : this(new DecoderBackbone(new ParameterScope(parameters).Below(config.Family.Names.Root), config),
            new ValueHead(new ParameterScope(parameters), config))
    {
    }

    private DecoderValueModel(DecoderBackbone backbone, ValueHead head) : base(nameof(DecoderValueModel))
    {
        (Backbone, Head) = (backbone, head);
        register_module(backbone.Config.Family.Names.Root, backbone);
        register_module(HeadProjection.Name, head.Projection);
        backbone.Adapters.Include(HeadProjection.Name, head.Projection);
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

    /// <summary>Puts a new head on a language model, whose decoder then foretells rewards with an adapter of its own.</summary>
    /// <remarks>The decoder is the language model's own and not a copy; disposing one disposes both.</remarks>
    /// <param name="model">The language model, whose output projection is left aside.</param>
    /// <param name="seed">Draws the head from N(0, 1 / (H + 1)), as that of a reward model.</param>
    public static DecoderValueModel FromLanguageModel(DecoderModel model, long seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var generator = new Generator((ulong)seed);
        var config = model.Config with { HasScoreHead = true };
        var source = new RandomParameters(model.Backbone.DataType, model.Device, 1 / Math.Sqrt(config.HiddenSize + 1), generator);
        return new DecoderValueModel(model.Backbone, new ValueHead(new ParameterScope(source), config));
    }

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
