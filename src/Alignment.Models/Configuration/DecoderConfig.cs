using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>The architecture of a decoder: what config.json says, and all that a model is built from.</summary>
/// <remarks>
/// Read from a file in the keys of transformers 5 or in the older ones, or written in code. Sizes are checked where they are
/// written; what several of them must keep together is checked when a model is built.
/// </remarks>
public sealed record DecoderConfig
{
    /// <summary>Family of the model, <c>model_type</c>.</summary>
    /// <value>The default is "llama"; besides mistral, qwen2, qwen3, gemma2, gemma3_text, phi3 and gpt2.</value>
    /// <exception cref="UnsupportedModelException">The family is unknown.</exception>
    public string ModelType { get; init => field = ModelFamilies.Of(value).ModelType; } = "llama";

    /// <summary>V, <c>vocab_size</c>.</summary>
    /// <value>From 1 to 4,194,304.</value>
    public required int VocabularySize { get; init => field = Check.Within(value, Limits.Vocabulary); }

    /// <summary>H, the width of a token's row between layers, <c>hidden_size</c>.</summary>
    /// <value>From 1 to 65,536.</value>
    public required int HiddenSize { get; init => field = Check.Within(value, Limits.Hidden); }

    /// <summary>Width inside the gated unit of a layer, <c>intermediate_size</c>.</summary>
    /// <value>From 1 to 1,048,576.</value>
    public required int IntermediateSize { get; init => field = Check.Within(value, Limits.Intermediate); }

    /// <summary>Number of layers, <c>num_hidden_layers</c>.</summary>
    /// <value>From 1 to 1024.</value>
    public required int Layers { get; init => field = Check.Within(value, Limits.Layers); }

    /// <summary>Heads of the attention.</summary>
    public required AttentionConfig Attention { get; init; }

    /// <summary>Longest sequence in tokens, <c>max_position_embeddings</c>.</summary>
    /// <value>The default is 2048. From 1 to 134,217,728.</value>
    public int MaxPositions { get; init => field = Check.Within(value, Limits.Positions); } = 2048;

    /// <summary>Rotary position embedding; GPT-2, which learns its positions, leaves the default.</summary>
    public RopeConfig Rope { get; init; } = new();

    /// <summary>Rotary position embedding of the layers with a sliding window; Gemma 3 only, and there required.</summary>
    /// <value>The default, null, is <see cref="Rope"/> in every layer.</value>
    public RopeConfig? LocalRope { get; init; }

    /// <summary>Added to the mean square below the root of each norm, <c>rms_norm_eps</c>.</summary>
    /// <value>The default is 1e-6. Finite and 0 or greater.</value>
    public double NormEpsilon { get; init => field = Check.NotNegative(value); } = 1e-6;

    /// <summary>Whether the projections of the gated unit have a bias, <c>mlp_bias</c>.</summary>
    /// <value>The default is false.</value>
    public bool MlpBias { get; init; }

    /// <summary>Logits become <c>c tanh(logit / c)</c>, <c>final_logit_softcapping</c>; Gemma only.</summary>
    /// <value>The default, null, leaves them as they are. Finite and greater than 0.</value>
    public double? LogitSoftCap { get; init => field = value is { } cap ? Check.Positive(cap) : null; }

    /// <summary>Whether the output projection is the embedding, one parameter, <c>tie_word_embeddings</c>.</summary>
    /// <value>The default is false.</value>
    public bool TieEmbeddings { get; init; }

    /// <summary>Standard deviation of new weights, <c>initializer_range</c>.</summary>
    /// <value>The default is 0.02. Finite and 0 or greater.</value>
    public double InitializerRange { get; init => field = Check.NotNegative(value); } = 0.02;

    /// <summary>Type of the weights, <c>dtype</c> or <c>torch_dtype</c>.</summary>
    /// <value>The default is float32. One of float16, bfloat16, float32 and float64.</value>
    public ScalarType DataType { get; init => field = WeightTypes.Require(value); } = ScalarType.Float32;

    /// <summary>Width of a head: <see cref="AttentionConfig.HeadSize"/>, or the hidden size divided by the number of heads.</summary>
    public int HeadSize => Attention.HeadSize ?? HiddenSize / Attention.Heads;

    /// <summary>Whether the model has a score head in place of the output projection, as <c>architectures</c> says.</summary>
    internal bool HasScoreHead { get; init; }

    /// <summary>What the family has that no setting says.</summary>
    internal ModelFamily Family => ModelFamilies.Of(ModelType);

    /// <summary>The file that this was read from; null for one written in code.</summary>
    internal ConfigSource? Source { get; init; }

    /// <summary>Reads a config.json.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFormatException">The file is no such configuration, or a value is out of range.</exception>
    /// <exception cref="UnsupportedModelException">The family or a setting isn't supported.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static DecoderConfig Load(string path) => ConfigFile.Read(path);

    /// <summary>Writes a config.json that transformers reads; what a loaded file held besides is kept.</summary>
    /// <param name="path">Where the file goes; one that is there is replaced.</param>
    /// <exception cref="ArgumentException">Values contradict one another.</exception>
    public void Save(string path) => ConfigFile.Write(path, this);

    /// <summary>Checks what several values must keep together.</summary>
    /// <exception cref="ArgumentException">Values contradict one another.</exception>
    internal DecoderConfig RequireConsistent()
    {
        var heads = Attention.Heads;
        if (heads % Attention.KeyValueHeads != 0)
            throw new ArgumentException($"Heads must be a multiple of KeyValueHeads; were {heads} and {Attention.KeyValueHeads}.");
        if (Attention.HeadSize is null && HiddenSize % heads != 0)
            throw new ArgumentException(
                $"HiddenSize must be a multiple of Heads where HeadSize is not given; were {HiddenSize} and {heads}.");
        if (HeadSize is 0 or > Limits.HeadSize) throw new ArgumentException($"HeadSize must be from 1 to {Limits.HeadSize}; was {HeadSize}.");
        var family = ModelFamilies.Of(ModelType);
        RequireKnownSettings(family);
        if (!family.HasRotaryPositions) return this;
        foreach (var rope in LocalRope is null ? [Rope] : (RopeConfig[])[Rope, LocalRope])
        {
            if (TurnedSize(rope) is var turned && (turned % 2 != 0 || turned == 0))
                throw new ArgumentException($"HeadSize, or the share of it that is turned, must be even, since rotary embedding turns pairs; was {turned}.");
            rope.Scaling?.RequireConsistent(turned / 2);
        }
        return this;
    }

    /// <summary>How many numbers of a head are turned.</summary>
    internal int TurnedSize(RopeConfig rope) => (int)(HeadSize * rope.Fraction);

    private void RequireKnownSettings(ModelFamily family)
    {
        Require(FamilySettings.AttentionBias, !Attention.Bias, "Attention.Bias must be false");
        Require(FamilySettings.MlpBias, !MlpBias, "MlpBias must be false");
        Require(FamilySettings.QueryScale, Attention.QueryScale is null, "Attention.QueryScale must be null");
        Require(FamilySettings.SoftCaps, Attention.SoftCap is null && LogitSoftCap is null, "SoftCap and LogitSoftCap must be null");
        Require(FamilySettings.PartialRope, Rope.Fraction == 1, "Rope.Fraction must be 1");
        Require(FamilySettings.LocalRope, LocalRope is null, "LocalRope must be null");
        if (LocalRope is not null && LocalRope != new RopeConfig { Theta = LocalRope.Theta })
            throw new ArgumentException($"LocalRope.Fraction and LocalRope.Scaling must be left at their defaults for {ModelType}.");
        if (family.Settings.HasFlag(FamilySettings.LocalRope) && LocalRope is null)
            throw new ArgumentException($"LocalRope must be given for {ModelType}.");
        if (!family.HasRotaryPositions && (Rope != new RopeConfig() || Attention.KeyValueHeads != Attention.Heads || Attention.HeadSize is not null))
            throw new ArgumentException($"Rope, Attention.KeyValueHeads and Attention.HeadSize must be left at their defaults for {ModelType}.");
        family.Window.RequireKnown(Attention.Window, Layers, ModelType);

        void Require(FamilySettings setting, bool isDefault, string rule)
        {
            if (!isDefault && !family.Settings.HasFlag(setting)) throw new ArgumentException($"{rule} for {ModelType}.");
        }
    }
}
