using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>The keys of GPT-2.</summary>
/// <remarks>
/// Its dropout of pretraining (attn_pdrop, embd_pdrop, resid_pdrop) is not applied: alignment compares log-probabilities of one policy
/// with those of another, and noise in them would be noise in the loss. TRL switches it off as well.
/// </remarks>
internal sealed class Gpt2Keys : ConfigKeys
{
    public override DecoderConfig Read(ConfigObject root, ModelFamily family)
    {
        RequireSupported(root, family);
        if (!root.Flag("scale_attn_weights", true)) throw root.Unsupported("scale_attn_weights", "true");
        if (root.Flag("scale_attn_by_inverse_layer_idx", false)) throw root.Unsupported("scale_attn_by_inverse_layer_idx", "false");
        var hidden = root.Integer("n_embd", Limits.Hidden);
        return new DecoderConfig
        {
            ModelType = family.ModelType,
            VocabularySize = root.Integer("vocab_size", Limits.Vocabulary),
            HiddenSize = hidden,
            IntermediateSize = root.OptionalInteger("n_inner", Limits.Intermediate) ?? 4 * hidden,
            Layers = root.Integer("n_layer", Limits.Layers),
            Attention = new AttentionConfig { Heads = root.Integer("n_head", Limits.Heads) },
            MaxPositions = root.Integer("n_positions", Limits.LearnedPositions),
            NormEpsilon = root.OptionalNumber("layer_norm_epsilon") ?? 1e-5,
            TieEmbeddings = root.Flag("tie_word_embeddings", family.TiesByDefault),
            InitializerRange = root.OptionalNumber("initializer_range") ?? 0.02,
            DataType = DataTypeKeys.Read(root),
        };
    }

    public override void Write(DecoderConfig config, ModelFamily family, JsonObject root)
    {
        root["vocab_size"] = config.VocabularySize;
        root["n_embd"] = config.HiddenSize;
        root["n_inner"] = config.IntermediateSize;
        root["n_layer"] = config.Layers;
        root["n_head"] = config.Attention.Heads;
        root["n_positions"] = config.MaxPositions;
        root["activation_function"] = "gelu_new";
        root["layer_norm_epsilon"] = ConfigNumber.Of(config.NormEpsilon);
        root["tie_word_embeddings"] = config.TieEmbeddings;
        root["initializer_range"] = ConfigNumber.Of(config.InitializerRange);
        foreach (var key in (string[])["attn_pdrop", "embd_pdrop", "resid_pdrop"]) root.TryAdd(key, ConfigNumber.Of(0));
    }
}
