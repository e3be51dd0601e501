namespace Alignment.Models;

/// <summary>The table of all families. A family that is made of known parts is one more entry.</summary>
internal static class ModelFamilies
{
    private const FamilySettings Gemma = FamilySettings.AttentionBias | FamilySettings.QueryScale | FamilySettings.SoftCaps;

    private static readonly string[] Qwen3Keys = ["num_key_value_heads", "head_dim", "max_position_embeddings", "rms_norm_eps"];
    private static readonly string[] Gemma3Keys = [.. Qwen3Keys, "query_pre_attn_scalar"];
    private static readonly string[] Gemma2Keys = [.. Gemma3Keys, "attn_logit_softcapping", "final_logit_softcapping"];

    private static readonly Dictionary<string, ModelFamily> ByType = new ModelFamily[]
    {
        new()
        {
            ModelType = "llama",
            Architecture = "LlamaForCausalLM",
            ScoreArchitecture = "LlamaForSequenceClassification",
            Settings = FamilySettings.AttentionBias | FamilySettings.MlpBias,
            RequiredKeys = [],
        },
        new()
        {
            ModelType = "mistral",
            Architecture = "MistralForCausalLM",
            ScoreArchitecture = "MistralForSequenceClassification",
            Window = WindowRule.EveryLayer,
        },
        new()
        {
            ModelType = "qwen2",
            Architecture = "Qwen2ForCausalLM",
            ScoreArchitecture = "Qwen2ForSequenceClassification",
            HasInputBias = true,
            Window = WindowRule.UpperLayers,
        },
        new()
        {
            ModelType = "qwen3",
            Architecture = "Qwen3ForCausalLM",
            ScoreArchitecture = "Qwen3ForSequenceClassification",
            Settings = FamilySettings.AttentionBias,
            RequiredKeys = Qwen3Keys,
            HasQueryKeyNorms = true,
            Window = WindowRule.UpperLayers,
        },
        new()
        {
            ModelType = "gemma2",
            Architecture = "Gemma2ForCausalLM",
            ScoreArchitecture = "Gemma2ForSequenceClassification",
            Settings = Gemma,
            RequiredKeys = Gemma2Keys,
            Names = ModuleNames.Gemma,
            Norm = NormKind.RmsPlusOne,
            Activation = Activation.Gelu,
            HasScaledEmbedding = true,
            TiesByDefault = true,
            Window = WindowRule.EverySecondLayer,
        },
        new()
        {
            ModelType = "gemma3_text",
            Architecture = "Gemma3ForCausalLM",
            ScoreArchitecture = "Gemma3TextForSequenceClassification",
            Settings = Gemma | FamilySettings.LocalRope,
            RequiredKeys = Gemma3Keys,
            Names = ModuleNames.Gemma,
            Norm = NormKind.RmsPlusOne,
            Activation = Activation.Gelu,
            HasQueryKeyNorms = true,
            HasScaledEmbedding = true,
            TiesByDefault = true,
            Window = WindowRule.AllButEverySixthLayer,
        },
        new()
        {
            ModelType = "phi3",
            Architecture = "Phi3ForCausalLM",
            ScoreArchitecture = "Phi3ForSequenceClassification",
            Settings = FamilySettings.PartialRope,
            Names = ModuleNames.Phi3,
            Window = WindowRule.EveryLayer,
        },
        new()
        {
            ModelType = "gpt2",
            Architecture = "GPT2LMHeadModel",
            ScoreArchitecture = "GPT2ForSequenceClassification",
            Keys = new Gpt2Keys(),
            Names = ModuleNames.Gpt2,
            Norm = NormKind.Layer,
            Activation = Activation.Gelu,
            HasInputBias = true,
            HasOutputBias = true,
            TiesByDefault = true,
            IdleTensors = [".attn.bias", ".attn.masked_bias"],
        },
    }.ToDictionary(family => family.ModelType);

    private static string Allowed => string.Join(", ", ByType.Keys);

    public static ModelFamily Of(string modelType) =>
        ByType.GetValueOrDefault(modelType)
        ?? throw new UnsupportedModelException($"ModelType must be one of {Allowed}; was {SafetensorsException.Quoted(modelType)}.");

    public static ModelFamily Of(ConfigObject root) =>
        root.Text("model_type") is { } type && ByType.TryGetValue(type, out var family)
            ? family
            : throw root.Unsupported("model_type", $"one of {Allowed}");
}
