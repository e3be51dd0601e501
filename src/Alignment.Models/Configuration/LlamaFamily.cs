using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>Llama 1 to 3.3: RMS norms before attention and gated unit, rotary positions, grouped queries.</summary>
/// <remarks>What a file leaves out is as in transformers' LlamaConfig.</remarks>
internal sealed class LlamaFamily : ModelFamily
{
    public override string ModelType => "llama";

    public override string Architecture => "LlamaForCausalLM";

    public override DecoderConfig Read(ConfigObject root)
    {
        RequireSupported(root);
        var heads = root.Integer("num_attention_heads", Limits.Heads);
        return new DecoderConfig
        {
            VocabularySize = root.Integer("vocab_size", Limits.Vocabulary),
            HiddenSize = root.Integer("hidden_size", Limits.Hidden),
            IntermediateSize = root.Integer("intermediate_size", Limits.Intermediate),
            Layers = root.Integer("num_hidden_layers", Limits.Layers),
            Attention = new AttentionConfig
            {
                Heads = heads,
                KeyValueHeads = root.OptionalInteger("num_key_value_heads", Limits.Heads) ?? heads,
                HeadSize = root.OptionalInteger("head_dim", Limits.HeadSize),
                Bias = root.Flag("attention_bias", false),
            },
            MaxPositions = root.OptionalInteger("max_position_embeddings", Limits.Positions) ?? 2048,
            Rope = RopeKeys.Read(root),
            NormEpsilon = root.OptionalNumber("rms_norm_eps") ?? 1e-6,
            MlpBias = root.Flag("mlp_bias", false),
            TieEmbeddings = root.Flag("tie_word_embeddings", false),
            InitializerRange = root.OptionalNumber("initializer_range") ?? 0.02,
            DataType = DataTypeKeys.Read(root),
        };
    }

    public override void Write(DecoderConfig config, JsonObject root)
    {
        root["architectures"] = new JsonArray(Architecture);
        root["model_type"] = ModelType;
        root["vocab_size"] = config.VocabularySize;
        root["hidden_size"] = config.HiddenSize;
        root["intermediate_size"] = config.IntermediateSize;
        root["num_hidden_layers"] = config.Layers;
        root["num_attention_heads"] = config.Attention.Heads;
        root["num_key_value_heads"] = config.Attention.KeyValueHeads;
        root["head_dim"] = config.HeadSize;
        root["attention_bias"] = config.Attention.Bias;
        root["hidden_act"] = "silu";
        root["max_position_embeddings"] = config.MaxPositions;
        root["rms_norm_eps"] = ConfigNumber.Of(config.NormEpsilon);
        root["mlp_bias"] = config.MlpBias;
        root["tie_word_embeddings"] = config.TieEmbeddings;
        root["initializer_range"] = ConfigNumber.Of(config.InitializerRange);
        RopeKeys.Write(config.Rope, root);
        DataTypeKeys.Write(config.DataType, root);
        // Left out, transformers would take 1 and 2 for them, which need not be what they are in this vocabulary.
        root.TryAdd("bos_token_id", null);
        root.TryAdd("eos_token_id", null);
    }

    private static void RequireSupported(ConfigObject root)
    {
        if ((root.Text("hidden_act") ?? "silu") != "silu") throw root.Unsupported("hidden_act", "silu");
        if (root.OptionalNumber("attention_dropout") is > 0) throw root.Unsupported("attention_dropout", "0");
        if (root.OptionalNumber("partial_rotary_factor") is not (null or 1)) throw root.Unsupported("partial_rotary_factor", "1");
        foreach (var key in (string[])["is_encoder_decoder", "add_cross_attention"])
            if (root.Flag(key, false)) throw root.Unsupported(key, "false");
        if (root.Has("quantization_config")) throw root.Unsupported("quantization_config", "absent: weights must not be quantized");
    }
}
