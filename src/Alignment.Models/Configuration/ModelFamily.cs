namespace Alignment.Models;

/// <summary>What one family of models has that config.json does not say: its parts, their names, its keys. All families stand in <see cref="ModelFamilies"/>.</summary>
internal sealed record ModelFamily
{
    /// <summary>The value of model_type.</summary>
    public required string ModelType { get; init; }

    /// <summary>The class of transformers with an output projection, in architectures.</summary>
    public required string Architecture { get; init; }

    /// <summary>The class of transformers with a score head.</summary>
    public required string ScoreArchitecture { get; init; }

    /// <summary>How config.json spells the settings.</summary>
    public ConfigKeys Keys { get; init; } = new DecoderKeys();

    /// <summary>Settings that config.json may make; any other must be left at its default.</summary>
    public FamilySettings Settings { get; init; }

    /// <summary>Keys that config.json must name, be it with null: what transformers takes for them where they are missing differs from family to family.</summary>
    public IReadOnlyList<string> RequiredKeys { get; init; } = ["num_key_value_heads", "max_position_embeddings", "rms_norm_eps"];

    /// <summary>Which layers have the sliding window, where there is one.</summary>
    public WindowRule Window { get; init; } = WindowRule.None;

    /// <summary>Hugging Face's names of the parts, which say what parts there are.</summary>
    public ModuleNames Names { get; init; } = ModuleNames.Llama;

    public NormKind Norm { get; init; } = NormKind.Rms;

    /// <summary>The nonlinearity of the gated unit, and its name in config.json.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>Whether queries and keys are normed head by head before they are turned.</summary>
    public bool HasQueryKeyNorms { get; init; }

    /// <summary>Whether the projections of query, key and value have a bias whatever the configuration says.</summary>
    public bool HasInputBias { get; init; }

    /// <summary>Whether all other projections of a layer have one too.</summary>
    public bool HasOutputBias { get; init; }

    /// <summary>Whether embeddings are multiplied by √H.</summary>
    public bool HasScaledEmbedding { get; init; }

    /// <summary>Whether positions turn queries and keys, rather than being learned and added.</summary>
    public bool HasRotaryPositions => Names.PositionEmbedding is null;

    /// <summary>What a missing tie_word_embeddings means.</summary>
    public bool TiesByDefault { get; init; }

    /// <summary>Names of tensors in published files that every library computes anew.</summary>
    public IReadOnlyList<string> IdleTensors { get; init; } = [".rotary_emb.inv_freq"];
}
