namespace Alignment.Models;

/// <summary>Hugging Face's names of a decoder's parts. A name that is null is a part that the family has not.</summary>
internal sealed record ModuleNames
{
    public static ModuleNames Llama { get; } = new();

    /// <summary>Norms after attention and gated unit as well as before.</summary>
    public static ModuleNames Gemma { get; } = new()
    {
        AttentionPostNorm = "post_attention_layernorm",
        MlpNorm = "pre_feedforward_layernorm",
        MlpPostNorm = "post_feedforward_layernorm",
    };

    /// <summary>Query, key and value in one matrix; gate and up in one matrix.</summary>
    public static ModuleNames Phi3 { get; } = new() { FusedInput = "qkv_proj", FusedGate = "gate_up_proj" };

    /// <summary>Positions that are learned, a unit without gate, matrices stored as inputs by outputs.</summary>
    public static ModuleNames Gpt2 { get; } = new()
    {
        Root = "transformer",
        Embedding = "wte",
        PositionEmbedding = "wpe",
        Layers = "h",
        LastNorm = "ln_f",
        AttentionNorm = "ln_1",
        Attention = "attn",
        FusedInput = "c_attn",
        AttentionOutput = "c_proj",
        MlpNorm = "ln_2",
        PlainUp = "c_fc",
        Down = "c_proj",
        IsTransposed = true,
    };

    public string Root { get; init; } = "model";

    public string Embedding { get; init; } = "embed_tokens";

    public string? PositionEmbedding { get; init; }

    public string Layers { get; init; } = "layers";

    public string LastNorm { get; init; } = "norm";

    public string AttentionNorm { get; init; } = "input_layernorm";

    public string Attention { get; init; } = "self_attn";

    /// <summary>Query, key and value in one; three projections where null.</summary>
    public string? FusedInput { get; init; }

    public string AttentionOutput { get; init; } = "o_proj";

    public string? AttentionPostNorm { get; init; }

    public string MlpNorm { get; init; } = "post_attention_layernorm";

    public string Mlp { get; init; } = "mlp";

    /// <summary>Gate and up in one; two projections where null.</summary>
    public string? FusedGate { get; init; }

    /// <summary>The first projection of a unit without gate; a gated unit where null.</summary>
    public string? PlainUp { get; init; }

    public string Down { get; init; } = "down_proj";

    public string? MlpPostNorm { get; init; }

    /// <summary>Whether the layers' matrices are stored as <c>[inputs, outputs]</c>, which transformers calls Conv1D.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>Name of the embedding's parameter.</summary>
    public string EmbeddingParameter => $"{Root}.{Embedding}.weight";
}
