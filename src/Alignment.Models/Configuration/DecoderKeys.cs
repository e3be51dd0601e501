using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>The keys that all families since Llama share.</summary>
internal sealed class DecoderKeys : ConfigKeys
{
    public override DecoderConfig Read(ConfigObject root, ModelFamily family)
    {
        RequireSupported(root, family);
        foreach (var key in family.RequiredKeys)
            if (!root.Names(key)) throw root.Missing(key);
        foreach (var key in (string[])["attention_dropout", "embd_pdrop", "resid_pdrop"])
            if (root.OptionalNumber(key) is > 0) throw root.Unsupported(key, "0");
        var layers = root.Integer("num_hidden_layers", Limits.Layers);
        var heads = root.Integer("num_attention_heads", Limits.Heads);
        var (rope, localRope) = RopeKeys.Read(root, family);
        return new DecoderConfig
        {
            ModelType = family.ModelType,
            VocabularySize = root.Integer("vocab_size", Limits.Vocabulary),
            HiddenSize = root.Integer("hidden_size", Limits.Hidden),
            IntermediateSize = root.Integer("intermediate_size", Limits.Intermediate),
            Layers = layers,
            Attention = new AttentionConfig
            {
                Heads = heads,
                KeyValueHeads = root.OptionalInteger("num_key_value_heads", Limits.Heads) ?? heads,
                HeadSize = root.OptionalInteger("head_dim", Limits.HeadSize),
                Bias = root.Flag("attention_bias", false),
                QueryScale = root.OptionalPositive("query_pre_attn_scalar"),
                SoftCap = root.OptionalPositive("attn_logit_softcapping"),
                Window = family.Window.Read(root, layers),
            },
            MaxPositions = root.OptionalInteger("max_position_embeddings", Limits.Positions) ?? 2048,
            Rope = rope,
            LocalRope = localRope,
            NormEpsilon = root.OptionalNumber("rms_norm_eps") ?? 1e-6,
            MlpBias = root.Flag("mlp_bias", false),
            LogitSoftCap = root.OptionalPositive("final_logit_softcapping"),
            TieEmbeddings = root.Flag("tie_word_embeddings", family.TiesByDefault),
            InitializerRange = root.OptionalNumber("initializer_range") ?? 0.02,
            DataType = DataTypeKeys.Read(root),
        };
    }

    public override void Write(DecoderConfig config, ModelFamily family, JsonObject root)
    {
        root["vocab_size"] = config.VocabularySize;
        root["hidden_size"] = config.HiddenSize;
        root["intermediate_size"] = config.IntermediateSize;
        root["num_hidden_layers"] = config.Layers;
        root["num_attention_heads"] = config.Attention.Heads;
        root["num_key_value_heads"] = config.Attention.KeyValueHeads;
        root["head_dim"] = config.HeadSize;
        if (family.Settings.HasFlag(FamilySettings.AttentionBias)) root["attention_bias"] = config.Attention.Bias;
        root[family.Activation == Activation.Silu ? "hidden_act" : "hidden_activation"] = family.Activation.Names[0];
        root["max_position_embeddings"] = config.MaxPositions;
        root["rms_norm_eps"] = ConfigNumber.Of(config.NormEpsilon);
        if (family.Settings.HasFlag(FamilySettings.MlpBias)) root["mlp_bias"] = config.MlpBias;
        if (family.Settings.HasFlag(FamilySettings.QueryScale))
            root["query_pre_attn_scalar"] = ConfigNumber.WholeOrOf(config.Attention.QueryScale ?? config.HeadSize);
        if (family.Settings.HasFlag(FamilySettings.SoftCaps))
        {
            root["attn_logit_softcapping"] = ConfigNumber.OrNull(config.Attention.SoftCap);
            root["final_logit_softcapping"] = ConfigNumber.OrNull(config.LogitSoftCap);
        }
        family.Window.Write(config, root);
        root["tie_word_embeddings"] = config.TieEmbeddings;
        root["initializer_range"] = ConfigNumber.Of(config.InitializerRange);
    }
}
