using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>A decoder assembled from its configuration, with the parameter names of Hugging Face.</summary>
/// <remarks>
/// Load one with <see cref="PretrainedModel"/> or make one with <see cref="FromScratch"/>. Move it before an optimizer is built on it.
/// </remarks>
public sealed class DecoderModel : CausalLanguageModel
{
    internal const string OutputName = $"{OutputModule}.weight";

    private const string OutputModule = "lm_head";

    private readonly Projection? output;   // null where the embedding is the output projection

    internal DecoderModel(DecoderConfig config, ParameterSource parameters) : base(nameof(DecoderModel))
    {
        Config = config;
        var root = new ParameterScope(parameters);
        Backbone = root.Part(this, config.Family.Names.Root, below => new DecoderBackbone(below, config));
        if (config.TieEmbeddings) return;
        output = root.Part(this, OutputModule, below => new Projection(below, config.HiddenSize, config.VocabularySize));
        Adapters.Include(OutputModule, output);
    }

    /// <summary>The architecture.</summary>
    public DecoderConfig Config { get; }

    /// <summary>All but the output projection; a score or value head may stand on it too.</summary>
    public DecoderBackbone Backbone { get; }

    /// <summary>LoRA adapters, by name.</summary>
    public AdapterSet Adapters => Backbone.Adapters;

    /// <inheritdoc/>
    public override string? ActiveAdapter => Adapters.Merged is null ? Adapters.Active : null;

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
    public override int VocabularySize => Config.VocabularySize;

    /// <inheritdoc/>
    public override int MaxPositions => Config.MaxPositions;

    /// <inheritdoc/>
    /// <remarks>With an adapter that targets lm_head this is <c>W + s B A</c>, a new tensor of V x H numbers at each call.</remarks>
    public override Tensor OutputWeight => output is null ? Backbone.EmbeddingWeight : output.ActiveWeight();

    /// <inheritdoc/>
    public override double? LogitSoftCap => Config.LogitSoftCap;

    /// <summary>A new model: weights drawn from N(0, <see cref="DecoderConfig.InitializerRange"/>), biases 0, norms 1.</summary>
    /// <param name="config">The architecture; its <see cref="DecoderConfig.DataType"/> is that of the weights.</param>
    /// <param name="seed">One seed gives one model, on every device.</param>
    /// <param name="device">Where the weights go; the CPU by default.</param>
    /// <exception cref="ArgumentException">Values of the configuration contradict one another.</exception>
    public static DecoderModel FromScratch(DecoderConfig config, long seed, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        using var generator = new Generator((ulong)seed);
        var parameters = new RandomParameters(config.DataType, device ?? CPU, config.InitializerRange, generator);
        return new DecoderModel(config.RequireConsistent(), parameters);
    }

    /// <summary>A second model with weights of its own, equal to these: the usual reference of a policy that is about to be trained.</summary>
    /// <returns>The copy, on the same device and without adapters, to be disposed.</returns>
    public DecoderModel Copy() => new(Config, new CopiedParameters(this, Backbone.EmbeddingWeight));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">An adapter is merged into the base.</exception>
    public override IDisposable WithoutAdapters() => Adapters.Without();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such adapter.</exception>
    /// <exception cref="InvalidOperationException">An adapter is merged into the base.</exception>
    public override IDisposable WithAdapter(string name) => Adapters.With(name);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An id is not in the vocabulary, a sequence is too long, or the layout is on another device.</exception>
    public override Tensor Hidden(TokenLayout layout) => Backbone.Hidden(layout);

    /// <inheritdoc/>
    protected override KeptBytes? HiddenBytes(TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return Backbone.Kept(layout, layout.Sources, layout.ResponseLengths);
    }

    /// <inheritdoc/>
    protected override Tensor PredictingHidden(TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return Backbone.Hidden(layout, layout.Sources, layout.ResponseLengths);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no prompt, one is empty or too long, an id is not in the vocabulary, or no token or sample is asked for.</exception>
    public override DecodingSession StartDecoding(IReadOnlyList<IReadOnlyList<int>> prompts, int maxNewTokens, int samplesPerPrompt = 1)
    {
        AtLeastOne(maxNewTokens, nameof(maxNewTokens));
        AtLeastOne(samplesPerPrompt, nameof(samplesPerPrompt));
        var rows = PromptRows.Checked(prompts, VocabularySize, samplesPerPrompt);
        Backbone.RequirePositions(rows.Longest + (long)maxNewTokens, nameof(maxNewTokens));
        return new DecoderSession(this, rows, maxNewTokens);

        static void AtLeastOne(int value, string name)
        {
            if (value < 1) throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
        }
    }

    /// <summary>Writes config.json and model.safetensors, or numbered shards with an index, as transformers and vLLM load them.</summary>
    /// <remarks>
    /// Everything is written to a temporary folder beside and flushed to the disk first. A folder that is there is then exchanged in one step, so
    /// that a process that ends at any moment leaves the old model or the new one; its other files are kept. Where the system can't exchange
    /// folders (Windows, network drives, the root of a volume), files are replaced one by one, and config.json, without which nothing loads,
    /// comes last. A save that was killed may leave <c>folder.*.tmp</c> or <c>folder.*.old</c> beside it; before deleting an <c>.old</c>, look for
    /// files of your own. Tokenizer, chat template and generation settings of the folder that the model was loaded from go along. Adapters are
    /// left out unless one is merged, see <see cref="AdapterSet.Save"/> and <see cref="SaveMerged"/>.
    /// </remarks>
    /// <param name="folder">Where the model goes.</param>
    /// <param name="maxShardBytes">Largest weight file in bytes; a single larger tensor has a file of its own. The default is 5 GB.</param>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public void SavePretrained(string folder, long maxShardBytes = 5_000_000_000) => ModelFolder.Save(Config, this, folder, maxShardBytes);

    /// <summary>Writes the model as it computes with an adapter: one model without adapters, for those who don't load them.</summary>
    /// <remarks>Needs the memory of the changed weights once more meanwhile. The model is as it was in the end, to the bit.</remarks>
    /// <param name="adapter">Name of an adapter; none may be merged.</param>
    /// <param name="folder">Where the model goes.</param>
    /// <param name="maxShardBytes">As for <see cref="SavePretrained"/>.</param>
    /// <exception cref="ArgumentException">There is no such adapter.</exception>
    /// <exception cref="InvalidOperationException">An adapter is merged.</exception>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public void SaveMerged(string adapter, string folder, long maxShardBytes = 5_000_000_000)
    {
        var active = Adapters.Active;
        Adapters.Merge(adapter);
        try
        {
            SavePretrained(folder, maxShardBytes);
        }
        finally
        {
            Adapters.Unmerge();
            if (active is null) Adapters.Deactivate();
            else Adapters.Activate(active);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Parts are registered by name as they are made; the base class would add each again under its field's name.</remarks>
    protected override void RegisterComponents() { }
}
