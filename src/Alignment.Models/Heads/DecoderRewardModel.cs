using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>A decoder with a score head, as transformers' <c>*ForSequenceClassification</c> with one label.</summary>
/// <remarks>Load one with <see cref="PretrainedModel.LoadRewardModel"/>, or put a new head on a language model.</remarks>
public sealed class DecoderRewardModel : RewardModel
{
    internal DecoderRewardModel(DecoderConfig config, ParameterSource parameters)
        : this(new DecoderBackbone(new ParameterScope(parameters).Below(config.Family.Names.Root), config),
            new ScoreHead(new ParameterScope(parameters), config))
    {
    }

    private DecoderRewardModel(DecoderBackbone backbone, ScoreHead head) : base(nameof(DecoderRewardModel))
    {
        (Backbone, Head) = (backbone, head);
        register_module(backbone.Config.Family.Names.Root, backbone);
        register_module(HeadProjection.Name, head.Projection);
        backbone.Adapters.Include(HeadProjection.Name, head.Projection);
    }

    /// <summary>The decoder below the head.</summary>
    public DecoderBackbone Backbone { get; }

    /// <summary>The head.</summary>
    public ScoreHead Head { get; }

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

    /// <summary>Puts a new head on a language model: the usual beginning of reward modelling on a model after supervised fine-tuning.</summary>
    /// <remarks>The decoder is the language model's own and not a copy; training one trains the other, and disposing one disposes both.</remarks>
    /// <param name="model">The language model, whose output projection is left aside.</param>
    /// <param name="seed">Draws the head from N(0, 1 / (H + 1)), as Stiennon et al. 2020 (arXiv 2009.01325) do.</param>
    public static DecoderRewardModel FromLanguageModel(DecoderModel model, long seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var generator = new Generator((ulong)seed);
        var config = model.Config with { HasScoreHead = true };
        var source = new RandomParameters(model.Backbone.DataType, model.Device, 1 / Math.Sqrt(config.HiddenSize + 1), generator);
        return new DecoderRewardModel(model.Backbone, new ScoreHead(new ParameterScope(source), config));
    }

    /// <summary>A value model that begins as a copy of this reward model.</summary>
    /// <returns>The copy, on the same device, to be disposed.</returns>
    public DecoderValueModel ToValueModel() => new(Backbone.Config, new CopiedParameters(this, Head.Weight));

    /// <inheritdoc/>
    public override long? ActivationBytes(TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var bytes = Backbone.Kept(layout, layout.Last, OneOfEach(layout));
        return bytes.Kept + bytes.Recomputed;
    }

    /// <inheritdoc/>
    public override Tensor Scores(TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        using var scope = NewDisposeScope();
        return HeadProjection.Of(Head.Projection, Backbone.Hidden(layout, layout.Last, OneOfEach(layout))).MoveToOuterDisposeScope();
    }

    /// <summary>Writes config.json and weights as transformers loads them for sequence classification.</summary>
    /// <inheritdoc cref="DecoderModel.SavePretrained"/>
    public void SavePretrained(string folder, long maxShardBytes = 5_000_000_000) =>
        ModelFolder.Save(Backbone.Config with { HasScoreHead = true }, this, folder, maxShardBytes);

    /// <inheritdoc/>
    /// <remarks>Parts are registered by name as they are made; the base class would add each again under its field's name.</remarks>
    protected override void RegisterComponents() { }

    private static int[] OneOfEach(TokenLayout layout) => [.. Enumerable.Repeat(1, layout.SequenceCount)];
}
