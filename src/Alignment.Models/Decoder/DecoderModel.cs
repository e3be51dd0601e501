using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>A decoder assembled from its configuration, with the parameter names of Hugging Face.</summary>
/// <remarks>
/// Load one with <see cref="PretrainedModel"/> or make one with <see cref="FromScratch"/>. Move it before an optimizer is built on it.
/// </remarks>
public sealed class DecoderModel : CausalLanguageModel
{
    internal const string OutputName = "lm_head.weight";
    internal const string EmbeddingName = "model.embed_tokens.weight";

    [ComponentName(Name = "model")]
    private readonly DecoderStack stack;

    [ComponentName(Name = "lm_head")]
    private readonly Projection? output;   // null where the embedding is the output projection

    private readonly RotaryEmbedding rotary;

    internal DecoderModel(DecoderConfig config, ParameterSource parameters) : base(nameof(DecoderModel))
    {
        Config = config;
        rotary = new RotaryEmbedding(config.Rope, config.HeadSize);
        var root = new ParameterScope(parameters);
        stack = new DecoderStack(root.Below("model"), config);
        output = config.TieEmbeddings ? null : new Projection(root.Below("lm_head"), config.HiddenSize, config.VocabularySize);
        RegisterComponents();
    }

    /// <summary>The architecture.</summary>
    public DecoderConfig Config { get; }

    /// <inheritdoc/>
    public override int VocabularySize => Config.VocabularySize;

    /// <inheritdoc/>
    public override int MaxPositions => Config.MaxPositions;

    /// <inheritdoc/>
    public override Tensor OutputWeight => output is null ? stack.EmbeddingWeight : output.Weight;

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
    public DecoderModel Copy() => new(Config, new CopiedParameters(this));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An id is not in the vocabulary, a sequence is too long, or the layout is on another device.</exception>
    public override Tensor Hidden(TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.RequireVocabulary(VocabularySize);
        RequirePositions(layout.MaxLength, nameof(layout));
        var (here, there) = (Device, layout.Tokens.device);
        if (here.type != there.type || here.index != there.index)
            throw new ArgumentException($"The layout must be on the model's device {here}; was on {there}.", nameof(layout));
        using var scope = NewDisposeScope();
        var attention = new LayoutAttention(RotationAt(layout.Positions), layout.Gather, layout.Owner, layout.SequenceCount);
        return Hidden(layout.Tokens, attention).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no prompt, one is empty or too long, an id is not in the vocabulary, or no token is asked for.</exception>
    public override DecodingSession StartDecoding(IReadOnlyList<IReadOnlyList<int>> prompts, int maxNewTokens)
    {
        var rows = PromptRows.Checked(prompts, VocabularySize);
        if (maxNewTokens < 1)
            throw new ArgumentOutOfRangeException(nameof(maxNewTokens), maxNewTokens, $"{nameof(maxNewTokens)} must be at least 1.");
        RequirePositions(rows.Longest + (long)maxNewTokens, nameof(maxNewTokens));
        return new DecoderSession(this, rows, maxNewTokens);
    }

    /// <summary>Writes config.json and model.safetensors, or numbered shards with an index, as transformers and vLLM load them.</summary>
    /// <remarks>
    /// Everything is written to a temporary folder beside and flushed to the disk before anything gets its name. A folder that is there
    /// keeps its other files; its old weights are replaced file by file once the new ones are complete.
    /// </remarks>
    /// <param name="folder">Where the model goes.</param>
    /// <param name="maxShardBytes">Largest weight file in bytes; a single larger tensor has a file of its own. The default is 5 GB.</param>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public void SavePretrained(string folder, long maxShardBytes = 5_000_000_000) => ModelFolder.Save(this, folder, maxShardBytes);

    /// <summary>Hidden states after the last norm, <c>[N, H]</c>, for ids <c>[N]</c>.</summary>
    internal Tensor Hidden(Tensor tokens, AttentionContext attention) => stack.call(tokens, attention);

    internal Rotation RotationAt(Tensor positions) => rotary.At(positions, OutputWeight.dtype);

    private void RequirePositions(long length, string name)
    {
        if (length > MaxPositions)
            throw new ArgumentException(
                FormattableString.Invariant($"Sequences must have at most {MaxPositions} tokens for this model; asked for {length}."), name);
    }
}
