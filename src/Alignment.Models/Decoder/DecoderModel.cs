using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>A decoder assembled from its configuration, with the parameter names of Hugging Face.</summary>
/// <remarks>
/// Load one with <see cref="PretrainedModel"/> or make one with <see cref="FromScratch"/>. Move it before an optimizer is built on it.
/// </remarks>
public sealed class DecoderModel : CausalLanguageModel
{
    internal const string OutputName = "lm_head.weight";

    private readonly Projection? output;   // null where the embedding is the output projection

    internal DecoderModel(DecoderConfig config, ParameterSource parameters) : base(nameof(DecoderModel))
    {
        Config = config;
        var root = new ParameterScope(parameters);
        Backbone = root.Part(this, config.Family.Names.Root, below => new DecoderBackbone(below, config));
        output = config.TieEmbeddings ? null : root.Part(this, "lm_head", below => new Projection(below, config.HiddenSize, config.VocabularySize));
    }

    /// <summary>The architecture.</summary>
    public DecoderConfig Config { get; }

    /// <summary>All but the output projection; a score or value head may stand on it too.</summary>
    public DecoderBackbone Backbone { get; }

    /// <inheritdoc/>
    public override int VocabularySize => Config.VocabularySize;

    /// <inheritdoc/>
    public override int MaxPositions => Config.MaxPositions;

    /// <inheritdoc/>
    public override Tensor OutputWeight => output is null ? Backbone.EmbeddingWeight : output.Weight;

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
    /// <returns>The copy, on the same device, to be disposed.</returns>
    public DecoderModel Copy() => new(Config, new CopiedParameters(this, OutputWeight));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An id is not in the vocabulary, a sequence is too long, or the layout is on another device.</exception>
    public override Tensor Hidden(TokenLayout layout) => Backbone.Hidden(layout);

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
    /// Everything is written to a temporary folder beside and flushed to the disk before anything gets its name. A folder that is there
    /// keeps its other files; its old weights are replaced file by file once the new ones are complete.
    /// </remarks>
    /// <param name="folder">Where the model goes.</param>
    /// <param name="maxShardBytes">Largest weight file in bytes; a single larger tensor has a file of its own. The default is 5 GB.</param>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public void SavePretrained(string folder, long maxShardBytes = 5_000_000_000) => ModelFolder.Save(Config, this, folder, maxShardBytes);

    /// <inheritdoc/>
    /// <remarks>Parts are registered by name as they are made; the base class would add each again under its field's name.</remarks>
    protected override void RegisterComponents() { }
}
