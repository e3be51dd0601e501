using System.Text.Json.Nodes;

namespace Alignment.Models.Tests;

/// <summary>What each family refuses, with the message in full.</summary>
public sealed class FamilyErrorTests
{
    [Theory]
    [InlineData("mistral", "hidden_act", "\"gelu\"", "hidden_act must be silu or swish; was 'gelu'.")]
    [InlineData("qwen2", "hidden_act", "\"relu\"", "hidden_act must be silu or swish; was 'relu'.")]
    [InlineData("gemma2", "hidden_activation", "\"silu\"", "hidden_activation must be gelu_pytorch_tanh or gelu_new; was 'silu'.")]
    [InlineData("gemma3", "hidden_act", "\"gelu\"", "hidden_act must be gelu_pytorch_tanh or gelu_new; was 'gelu'.")]
    [InlineData("gpt2", "activation_function", "\"relu\"", "activation_function must be gelu_pytorch_tanh or gelu_new; was 'relu'.")]
    [InlineData("qwen3", "attention_dropout", "0.1", "attention_dropout must be 0; was '0.1'.")]
    [InlineData("phi3", "resid_pdrop", "0.1", "resid_pdrop must be 0; was '0.1'.")]
    [InlineData("phi3", "embd_pdrop", "0.1", "embd_pdrop must be 0; was '0.1'.")]
    [InlineData("gemma2", "use_bidirectional_attention", "true", "use_bidirectional_attention must be false; was 'true'.")]
    [InlineData("gemma3", "use_bidirectional_attention", "true", "use_bidirectional_attention must be false; was 'true'.")]
    [InlineData("gpt2", "add_cross_attention", "true", "add_cross_attention must be false; was 'true'.")]
    [InlineData("gpt2", "is_encoder_decoder", "true", "is_encoder_decoder must be false; was 'true'.")]
    [InlineData("gpt2", "scale_attn_weights", "false", "scale_attn_weights must be true; was 'false'.")]
    [InlineData("gpt2", "scale_attn_by_inverse_layer_idx", "true", "scale_attn_by_inverse_layer_idx must be false; was 'true'.")]
    [InlineData("mistral", "quantization_config", """{"bits":4}""", "quantization_config must be absent: weights must not be quantized; was '{\"bits\":4}'.")]
    [InlineData("gemma2", "partial_rotary_factor", "0.5", "partial_rotary_factor must be 1; was '0.5'.")]
    [InlineData("gemma3", "model_type", "\"gemma3\"", "model_type must be one of llama, mistral, qwen2, qwen3, gemma2, gemma3_text, phi3, gpt2; was 'gemma3'.")]
    [InlineData("qwen2", "model_type", "\"qwen2_moe\"", "model_type must be one of llama, mistral, qwen2, qwen3, gemma2, gemma3_text, phi3, gpt2; was 'qwen2_moe'.")]
    [InlineData("qwen3", "model_type", "\"qwen3_moe\"", "model_type must be one of llama, mistral, qwen2, qwen3, gemma2, gemma3_text, phi3, gpt2; was 'qwen3_moe'.")]
    [InlineData("mistral", "model_type", "\"mixtral\"", "model_type must be one of llama, mistral, qwen2, qwen3, gemma2, gemma3_text, phi3, gpt2; was 'mixtral'.")]
    [InlineData("gemma2", "model_type", "\"gemma\"", "model_type must be one of llama, mistral, qwen2, qwen3, gemma2, gemma3_text, phi3, gpt2; was 'gemma'.")]
    [InlineData("phi3", "rope_parameters", """{"rope_type":"yarn","factor":4.0}""", "rope_parameters.rope_type must be one of default, linear, llama3, longrope; was 'yarn'.")]
    [InlineData("qwen2", "rope_parameters", """{"type":"mrope"}""", "rope_parameters.type must be one of default, linear, llama3, longrope; was 'mrope'.")]
    [InlineData("qwen3", "rope_parameters", """{"rope_type":"dynamic","factor":2.0}""", "rope_parameters.rope_type must be one of default, linear, llama3, longrope; was 'dynamic'.")]
    [InlineData("gemma2", "layer_types", """["chunked_attention","full_attention"]""", "layer_types must be made of full_attention and sliding_attention; was '[\"chunked_attention\",\"full_attention\"]'.")]
    [InlineData("gemma3", "architectures", """["Gemma3ForConditionalGeneration"]""",
        "architectures must be [\"Gemma3ForCausalLM\"] or [\"Gemma3TextForSequenceClassification\"]; was '[\"Gemma3ForConditionalGeneration\"]'.")]
    [InlineData("phi3", "rope_parameters", """{"rope_type":"longrope","factor":4.0,"short_factor":[1,1,1,1,1,1,1,1],"long_factor":[1,1,1,1,1,1,1,1]}""",
        "rope_parameters.factor must be max_position_embeddings / original_max_position_embeddings, or absent; was '4.0'.")]
    public void A_setting_that_is_not_supported(string model, string key, string value, string message) =>
        Assert.Equal($"config.json: {message}", Assert.Throws<UnsupportedModelException>(() => Parse(model, key, value)).Message);

    [Theory]
    [InlineData("gemma2", "layer_types", """["full_attention"]""", "layer_types must name 2 layers, as num_hidden_layers says; names 1.")]
    [InlineData("gemma2", "layer_types", "\"full_attention\"", "layer_types must be an array of strings; was 'full_attention'.")]
    [InlineData("qwen2", "layer_types", """["full_attention","sliding_attention"]""", "layer_types must be full_attention alone where there is no sliding window; holds sliding_attention.")]
    [InlineData("llama", "layer_types", """["full_attention","sliding_attention"]""", "layer_types must be full_attention alone where there is no sliding window; holds sliding_attention.")]
    [InlineData("mistral", "layer_types", """["full_attention","sliding_attention"]""", "Window.Layers must be null, which is every layer, for mistral.")]
    [InlineData("mistral", "sliding_window", "0", "sliding_window must be a whole number from 1 to 134217728; was '0'.")]
    [InlineData("mistral", "attention_bias", "true", "Attention.Bias must be false for mistral.")]
    [InlineData("qwen3", "mlp_bias", "true", "MlpBias must be false for qwen3.")]
    [InlineData("mistral", "query_pre_attn_scalar", "12", "Attention.QueryScale must be null for mistral.")]
    [InlineData("phi3", "final_logit_softcapping", "30.0", "SoftCap and LogitSoftCap must be null for phi3.")]
    [InlineData("gemma2", "attn_logit_softcapping", "0", "attn_logit_softcapping must be greater than 0; was '0'.")]
    [InlineData("mistral", "rope_theta", "5.0", "rope_parameters and rope_theta or rope_scaling must say the same where both are given; they differ.")]
    [InlineData("qwen2", "rope_scaling", """{"type":"linear","factor":2.0}""", "rope_parameters and rope_theta or rope_scaling must say the same where both are given; they differ.")]
    [InlineData("gemma3", "rope_local_base_freq", "5.0", "rope_parameters and rope_theta or rope_scaling must say the same where both are given; they differ.")]
    [InlineData("gemma3", "rope_parameters", """{"rope_theta":5.0}""", "rope_parameters.full_attention is missing.")]
    [InlineData("gemma3", "rope_parameters", """{"full_attention":{"rope_theta":5.0}}""", "rope_parameters.sliding_attention is missing.")]
    [InlineData("gemma3", "rope_parameters", """{"full_attention":{"rope_type":"default"},"sliding_attention":{"rope_theta":5.0}}""", "rope_parameters.full_attention.rope_theta is missing.")]
    [InlineData("gemma3", "rope_parameters", """{"full_attention":{"rope_theta":5.0},"sliding_attention":{}}""", "rope_parameters.sliding_attention.rope_theta is missing.")]
    [InlineData("gemma3", "rope_parameters", """{"full_attention":{"rope_theta":5.0},"sliding_attention":{"rope_theta":5.0,"rope_type":"linear","factor":2.0}}""",
        "LocalRope.Fraction and LocalRope.Scaling must be left at their defaults for gemma3_text.")]
    [InlineData("phi3", "partial_rotary_factor", "0.5", "partial_rotary_factor must be the same wherever it is given; was 0.5 and 1.")]
    [InlineData("phi3", "rope_parameters", """{"rope_type":"longrope","short_factor":[1,1],"long_factor":[1,1,1,1,1,1,1,1]}""",
        "ShortFactors and LongFactors must hold 8 numbers, one for each turned pair; hold 2 and 8.")]
    [InlineData("phi3", "rope_parameters", """{"rope_type":"longrope","long_factor":[1]}""", "rope_parameters.short_factor is missing.")]
    [InlineData("phi3", "rope_parameters", """{"rope_type":"longrope","short_factor":["1"],"long_factor":[1]}""", "rope_parameters.short_factor must be an array of numbers; was '[\"1\"]'.")]
    [InlineData("phi3", "rope_parameters", """{"rope_type":"longrope","short_factor":[1e999],"long_factor":[1]}""", "rope_parameters.short_factor must be an array of numbers; was '[1e999]'.")]
    [InlineData("phi3", "rope_parameters", """{"rope_type":"longrope","short_factor":[],"long_factor":[]}""", "ShortFactors must hold at least one number. (Parameter 'ShortFactors')")]
    [InlineData("phi3", "rope_parameters", """{"rope_type":"linear","factor":2.0,"partial_rotary_factor":1e-300}""",
        "HeadSize, or the share of it that is turned, must be even, since rotary embedding turns pairs; was 0.")]
    [InlineData("gpt2", "n_head", "7", "HiddenSize must be a multiple of Heads where HeadSize is not given; were 64 and 7.")]
    [InlineData("gpt2", "n_positions", "100000000", "n_positions must be a whole number from 1 to 4194304; was '100000000'.")]
    public void A_value_that_is_wrong(string model, string key, string value, string message) =>
        Assert.Equal($"config.json: {message}", Assert.Throws<ModelFormatException>(() => Parse(model, key, value)).Message);

    /// <summary>What transformers takes for these where they are missing differs from family to family.</summary>
    [Theory]
    [InlineData("mistral", "num_key_value_heads max_position_embeddings rms_norm_eps sliding_window vocab_size num_hidden_layers")]
    [InlineData("qwen2", "num_key_value_heads max_position_embeddings rms_norm_eps hidden_size")]
    [InlineData("qwen3", "num_key_value_heads head_dim max_position_embeddings rms_norm_eps intermediate_size")]
    [InlineData("gemma2", "num_key_value_heads head_dim max_position_embeddings rms_norm_eps query_pre_attn_scalar attn_logit_softcapping final_logit_softcapping sliding_window")]
    [InlineData("gemma3", "num_key_value_heads head_dim max_position_embeddings rms_norm_eps query_pre_attn_scalar sliding_window rope_theta rope_local_base_freq")]
    [InlineData("phi3", "num_key_value_heads max_position_embeddings rms_norm_eps sliding_window")]
    [InlineData("gpt2", "n_embd n_layer n_head n_positions vocab_size")]
    public void A_key_that_must_be_there(string model, string keys)
    {
        foreach (var key in keys.Split(' '))
        {
            var root = Root(model, "config_v4.json");
            Assert.True(root.Remove(key), key);
            Assert.Equal($"config.json: {key} is missing.", Assert.Throws<ModelFormatException>(() => ConfigFile.Parse(root.ToJsonString(), "config.json")).Message);
        }
    }

    [Fact]
    public void A_switched_on_window_needs_its_keys()
    {
        var root = Root("qwen2", "config_v4.json");
        root["use_sliding_window"] = true;
        root.Remove("layer_types");
        root["sliding_window"] = 8;
        Assert.True(root.Remove("max_window_layers"));
        Assert.Equal("config.json: max_window_layers is missing.", Assert.Throws<ModelFormatException>(() => ConfigFile.Parse(root.ToJsonString(), "config.json")).Message);
        root["max_window_layers"] = 1;
        Assert.Equal(new SlidingWindow { Size = 8, Layers = [1] }, ConfigFile.Parse(root.ToJsonString(), "config.json").Attention.Window);
        root["max_window_layers"] = 2;
        Assert.Null(ConfigFile.Parse(root.ToJsonString(), "config.json").Attention.Window);
    }

    public static TheoryData<string, string> Foreign => new()
    {
        { "mistral bias", "Attention.Bias must be false for mistral." },
        { "qwen2 bias", "Attention.Bias must be false for qwen2." },
        { "mistral mlp bias", "MlpBias must be false for mistral." },
        { "llama scale", "Attention.QueryScale must be null for llama." },
        { "qwen3 cap", "SoftCap and LogitSoftCap must be null for qwen3." },
        { "llama cap of logits", "SoftCap and LogitSoftCap must be null for llama." },
        { "qwen2 fraction", "Rope.Fraction must be 1 for qwen2." },
        { "gemma2 local", "LocalRope must be null for gemma2." },
        { "gemma3_text no local", "LocalRope must be given for gemma3_text." },
        { "gemma3_text local fraction", "LocalRope.Fraction and LocalRope.Scaling must be left at their defaults for gemma3_text." },
        { "gpt2 rope", "Rope, Attention.KeyValueHeads and Attention.HeadSize must be left at their defaults for gpt2." },
        { "gpt2 grouped", "Rope, Attention.KeyValueHeads and Attention.HeadSize must be left at their defaults for gpt2." },
        { "gpt2 window", "Window must be null for gpt2." },
        { "llama window", "Window must be null for llama." },
        { "phi3 some layers", "Window.Layers must be null, which is every layer, for phi3." },
        { "gemma2 layers", "Window.Layers must be indices from 0 to 1, ascending; were 0, 2." },
        { "gemma2 no layer", "Window.Layers must be indices from 0 to 1, ascending; were ." },
        { "gemma2 descending", "Window.Layers must be indices from 0 to 1, ascending; were 1, 0." },
        { "phi3 small head", "HeadSize, or the share of it that is turned, must be even, since rotary embedding turns pairs; was 0." },
        { "phi3 odd share", "HeadSize, or the share of it that is turned, must be even, since rotary embedding turns pairs; was 3." },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void A_setting_of_one_family_written_for_another(string what, string message)
    {
        var family = what[..what.IndexOf(' ', StringComparison.Ordinal)];
        var config = TinyFamily.Config(family);
        var attention = config.Attention;
        var wrong = what[(family.Length + 1)..] switch
        {
            "bias" => config with { Attention = attention with { Bias = true } },
            "mlp bias" => config with { MlpBias = true },
            "scale" => config with { Attention = attention with { QueryScale = 8 } },
            "cap" => config with { Attention = attention with { SoftCap = 8 } },
            "cap of logits" => config with { LogitSoftCap = 8 },
            "fraction" => config with { Rope = config.Rope with { Fraction = 0.5 } },
            "local" => config with { LocalRope = new RopeConfig() },
            "no local" => config with { LocalRope = null },
            "local fraction" => config with { LocalRope = new RopeConfig { Fraction = 0.5 } },
            "rope" => config with { Rope = new RopeConfig { Theta = 5 } },
            "grouped" => config with { Attention = attention with { KeyValueHeads = 2 } },
            "window" => config with { Attention = attention with { Window = new SlidingWindow { Size = 4 } } },
            "some layers" => config with { Attention = attention with { Window = new SlidingWindow { Size = 4, Layers = [1] } } },
            "layers" => config with { Attention = attention with { Window = new SlidingWindow { Size = 4, Layers = [0, 2] } } },
            "no layer" => config with { Attention = attention with { Window = new SlidingWindow { Size = 4, Layers = [] } } },
            "descending" => config with { Attention = attention with { Window = new SlidingWindow { Size = 4, Layers = [1, 0] } } },
            "small head" => config with { Attention = attention with { HeadSize = 2 }, Rope = new RopeConfig { Fraction = 0.3 } },
            "odd share" => config with { Attention = attention with { HeadSize = 10 }, Rope = new RopeConfig { Fraction = 0.3 } },
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => DecoderModel.FromScratch(wrong, 1)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => wrong.Save(Path.Combine(Path.GetTempPath(), "never.json"))).Message);
    }

    /// <summary>Eight million divisors are just below the largest file that is read.</summary>
    [Fact]
    public void Lists_as_long_as_a_file_may_be()
    {
        using var folder = new TemporaryFolder();
        var list = $"[{string.Join(',', Enumerable.Repeat('1', 500_000))}]";
        var path = folder.Write("config.json", With("phi3", "rope_parameters", $$"""{"rope_type":"longrope","short_factor":{{list}},"long_factor":{{list}}}"""));
        Assert.Equal(
            $"{path}: ShortFactors and LongFactors must hold 8 numbers, one for each turned pair; hold 500000 and 500000.",
            Assert.Throws<ModelFormatException>(() => DecoderConfig.Load(path)).Message);
        File.AppendAllText(path, new string(' ', 200_000));
        Assert.Equal($"{path}: must be at most 2 MiB.", Assert.Throws<ModelFormatException>(() => DecoderConfig.Load(path)).Message);
    }

    private static DecoderConfig Parse(string model, string key, string value) => ConfigFile.Parse(With(model, key, value), "config.json");

    private static string With(string model, string key, string value)
    {
        var root = Root(model, "config.json");
        root.Remove(key);
        return root.ToJsonString()[..^1] + $",\"{key}\":{value}}}";   // as text, since a number must keep its spelling whatever its size
    }

    private static JsonObject Root(string model, string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(ModelRecord.FolderOf(model), name)))!.AsObject();
}
