using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>config.json in both styles, and what is wrong in one.</summary>
public sealed class DecoderConfigTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("config.json")]
    [InlineData("config_v4.json")]
    public void Both_styles_of_keys(string name)
    {
        var config = DecoderConfig.Load(LlamaRecord.Path(name));
        var expected = new DecoderConfig
        {
            VocabularySize = 304,
            HiddenSize = 64,
            IntermediateSize = 96,
            Layers = 2,
            Attention = new AttentionConfig { Heads = 4, KeyValueHeads = 2, HeadSize = 16 },
            MaxPositions = 128,
            Rope = new RopeConfig { Scaling = new Llama3RopeScaling { Factor = 8, OriginalMaxPositions = 64 } },
        };
        Assert.Equal(expected, config with { Source = null });
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("config_v4.json")]
    public void A_file_that_is_loaded_and_saved_says_the_same(string name)
    {
        DecoderConfig.Load(LlamaRecord.Path(name)).Save(folder.File("config.json"));
        Assert.True(JsonNode.DeepEquals(Parsed(LlamaRecord.Path(name)), Parsed(folder.File("config.json"))));
    }

    [Theory]
    [InlineData("config.json", "dtype", "rope_parameters")]
    [InlineData("config_v4.json", "torch_dtype", "rope_scaling")]
    public void A_change_is_saved_in_the_style_of_the_file(string name, string type, string rope)
    {
        var config = DecoderConfig.Load(LlamaRecord.Path(name)) with { DataType = ScalarType.BFloat16, Rope = new RopeConfig { Theta = 500, Scaling = new LinearRopeScaling { Factor = 2 } } };
        config.Save(folder.File("config.json"));
        var saved = Parsed(folder.File("config.json"));
        Assert.Equal("bfloat16", saved[type]!.GetValue<string>());
        Assert.Equal("linear", saved[rope]!["rope_type"]!.GetValue<string>());
        Assert.Equal(["head_dim", "pretraining_tp"], new[] { "head_dim", "pretraining_tp" }.Where(saved.ContainsKey));
        Assert.Equal(Parsed(LlamaRecord.Path(name)).Count, saved.Count);
        Assert.Equal(config with { Source = null }, DecoderConfig.Load(folder.File("config.json")) with { Source = null });
    }

    [Fact]
    public void A_configuration_written_in_code_is_saved_in_both_styles()
    {
        var config = TinyLlama.Config with
        {
            Attention = new AttentionConfig { Heads = 4, KeyValueHeads = 2, HeadSize = 6, Bias = true },
            Rope = new RopeConfig { Theta = 10_000, Scaling = new LinearRopeScaling { Factor = 4 } },
            MlpBias = true,
            TieEmbeddings = true,
            NormEpsilon = 1e-5,
            DataType = ScalarType.BFloat16,
        };
        config.Save(folder.File("config.json"));
        Assert.Equal("""
            {
              "architectures": [
                "LlamaForCausalLM"
              ],
              "model_type": "llama",
              "vocab_size": 37,
              "hidden_size": 24,
              "intermediate_size": 40,
              "num_hidden_layers": 2,
              "num_attention_heads": 4,
              "num_key_value_heads": 2,
              "head_dim": 6,
              "attention_bias": true,
              "hidden_act": "silu",
              "max_position_embeddings": 64,
              "rms_norm_eps": 1E-05,
              "mlp_bias": true,
              "tie_word_embeddings": true,
              "initializer_range": 0.3,
              "rope_parameters": {
                "rope_type": "linear",
                "factor": 4.0,
                "rope_theta": 10000.0
              },
              "rope_theta": 10000.0,
              "rope_scaling": {
                "rope_type": "linear",
                "factor": 4.0
              },
              "dtype": "bfloat16",
              "torch_dtype": "bfloat16",
              "bos_token_id": null,
              "eos_token_id": null,
              "pad_token_id": null
            }

            """.ReplaceLineEndings("\n"), File.ReadAllText(folder.File("config.json")));
        Assert.Equal(config, DecoderConfig.Load(folder.File("config.json")) with { Source = null });
    }

    [Fact]
    public void Old_files_leave_much_to_defaults()
    {
        var config = Parse("""{"model_type":"llama","vocab_size":10,"hidden_size":8,"intermediate_size":4,"num_hidden_layers":1,"num_attention_heads":2,"rope_scaling":{"type":"linear","factor":2.0},"torch_dtype":"float16"}""");
        Assert.Equal(2, config.Attention.KeyValueHeads);
        Assert.Equal(4, config.HeadSize);
        Assert.Equal(new RopeConfig { Theta = 10_000, Scaling = new LinearRopeScaling { Factor = 2 } }, config.Rope);
        Assert.Equal((2048, 1e-6, ScalarType.Float16), (config.MaxPositions, config.NormEpsilon, config.DataType));
    }

    [Theory]
    [InlineData("model_type", "\"falcon\"", "model_type must be one of llama, mistral, qwen2, qwen3, gemma2, gemma3_text, phi3, gpt2; was 'falcon'.")]
    [InlineData("model_type", "null", "model_type must be one of llama, mistral, qwen2, qwen3, gemma2, gemma3_text, phi3, gpt2; is missing.")]
    [InlineData("architectures", "[\"LlamaForTokenClassification\"]", "architectures must be [\"LlamaForCausalLM\"] or [\"LlamaForSequenceClassification\"]; was '[\"LlamaForTokenClassification\"]'.")]
    [InlineData("hidden_act", "\"gelu\"", "hidden_act must be silu or swish; was 'gelu'.")]
    [InlineData("attention_dropout", "0.1", "attention_dropout must be 0; was '0.1'.")]
    [InlineData("partial_rotary_factor", "0.5", "partial_rotary_factor must be 1; was '0.5'.")]
    [InlineData("quantization_config", "{}", "quantization_config must be absent: weights must not be quantized; was '{}'.")]
    [InlineData("dtype", "\"float8_e4m3fn\"", "dtype must be one of float16, bfloat16, float32, float64; was 'float8_e4m3fn'.")]
    [InlineData("rope_parameters", """{"rope_type":"yarn","factor":2.0}""", "rope_parameters.rope_type must be one of default, linear, llama3, longrope; was 'yarn'.")]
    [InlineData("add_cross_attention", "true", "add_cross_attention must be false; was 'true'.")]
    public void A_setting_that_is_not_supported(string key, string value, string message) =>
        Assert.Equal($"config.json: {message}", Assert.Throws<UnsupportedModelException>(() => Parse(With(key, value))).Message);

    [Theory]
    [InlineData("vocab_size", "1000000000", "vocab_size must be a whole number from 1 to 4194304; was '1000000000'.")]
    [InlineData("hidden_size", "99999999999999999999", "hidden_size must be a whole number from 1 to 65536; was '99999999999999999999'.")]
    [InlineData("intermediate_size", "0", "intermediate_size must be a whole number from 1 to 1048576; was '0'.")]
    [InlineData("num_hidden_layers", "\"two\"", "num_hidden_layers must be a whole number from 1 to 1024; was 'two'.")]
    [InlineData("num_hidden_layers", "2.0", "num_hidden_layers must be a whole number from 1 to 1024; was '2.0'.")]
    [InlineData("num_attention_heads", "null", "num_attention_heads is missing.")]
    [InlineData("head_dim", "-16", "head_dim must be a whole number from 1 to 4096; was '-16'.")]
    [InlineData("max_position_embeddings", "1e30", "max_position_embeddings must be a whole number from 1 to 134217728; was '1e30'.")]
    [InlineData("rms_norm_eps", "-1", "rms_norm_eps must be a number, 0 or greater; was '-1'.")]
    [InlineData("rms_norm_eps", "1e999", "rms_norm_eps must be a number, 0 or greater; was '1e999'.")]
    [InlineData("attention_bias", "\"no\"", "attention_bias must be true or false; was 'no'.")]
    [InlineData("hidden_act", "1", "hidden_act must be a string; was '1'.")]
    [InlineData("architectures", "\"LlamaForCausalLM\"", "architectures must be an array of strings; was 'LlamaForCausalLM'.")]
    [InlineData("rope_parameters", "[]", "rope_parameters must be an object; was '[]'.")]
    [InlineData("rope_parameters", """{"rope_type":"llama3"}""", "rope_parameters.factor is missing.")]
    [InlineData("rope_parameters", """{"rope_type":"linear","factor":0}""", "rope_parameters.factor must be greater than 0; was '0'.")]
    [InlineData("rope_theta", "500000.0", "rope_parameters and rope_theta or rope_scaling must say the same where both are given; they differ.")]
    [InlineData("num_key_value_heads", "3", "Heads must be a multiple of KeyValueHeads; were 4 and 3.")]
    [InlineData("head_dim", "15", "HeadSize, or the share of it that is turned, must be even, since rotary embedding turns pairs; was 15.")]
    public void A_value_that_is_wrong(string key, string value, string message) =>
        Assert.Equal($"config.json: {message}", Assert.Throws<ModelFormatException>(() => Parse(With(key, value))).Message);

    [Theory]
    [InlineData("[]", "config.json: must be a JSON object.")]
    [InlineData("", "config.json: must be JSON without duplicate keys, at most 32 levels deep. ")]
    [InlineData("""{"a":1,"a":2}""", "config.json: must be JSON without duplicate keys, at most 32 levels deep. ")]
    [InlineData("""{"model_type":"\ud800"}""", "config.json: must be JSON without duplicate keys, at most 32 levels deep. ")]
    public void A_file_that_is_no_configuration(string text, string start) =>
        Assert.StartsWith(start, Assert.Throws<ModelFormatException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_wrong_value_fails_where_it_is_written()
    {
        Assert.Equal("VocabularySize must be from 1 to 4194304. (Parameter 'VocabularySize')\nActual value was 0.", Message(() => TinyLlama.Config with { VocabularySize = 0 }));
        Assert.Equal("Heads must be from 1 to 1024. (Parameter 'Heads')\nActual value was -4.", Message(() => new AttentionConfig { Heads = -4 }));
        Assert.Equal("Theta must be a finite number greater than 0. (Parameter 'Theta')\nActual value was NaN.", Message(() => new RopeConfig { Theta = double.NaN }));
        Assert.Equal("DataType must be one of float16, bfloat16, float32, float64. (Parameter 'DataType')\nActual value was Int64.", Message(() => TinyLlama.Config with { DataType = ScalarType.Int64 }));
        Assert.Equal("ModelType must be one of llama, mistral, qwen2, qwen3, gemma2, gemma3_text, phi3, gpt2; was 'bert'.", Assert.Throws<UnsupportedModelException>(() => TinyLlama.Config with { ModelType = "bert" }).Message);
    }

    [Fact]
    public void Contradictions_fail_when_a_model_is_built()
    {
        var uneven = TinyLlama.Config with { HiddenSize = 23 };
        Assert.Equal("HiddenSize must be a multiple of Heads where HeadSize is not given; were 23 and 4.", Assert.Throws<ArgumentException>(() => DecoderModel.FromScratch(uneven, 1)).Message);
        var crossed = TinyLlama.Config with { Rope = new RopeConfig { Scaling = new Llama3RopeScaling { Factor = 8, OriginalMaxPositions = 64, LowFrequencyFactor = 4 } } };
        Assert.Equal("HighFrequencyFactor must be greater than LowFrequencyFactor; were 4 and 4.", Assert.Throws<ArgumentException>(() => DecoderModel.FromScratch(crossed, 1)).Message);
    }

    public void Dispose() => folder.Dispose();

    private static string Message(Func<object> write) => Assert.Throws<ArgumentOutOfRangeException>(write).Message.ReplaceLineEndings("\n");

    private static DecoderConfig Parse(string text) => ConfigFile.Parse(text, "config.json");

    private static string With(string key, string value)
    {
        var root = Parsed(LlamaRecord.Path("config.json"));
        root.Remove(key);
        return root.ToJsonString()[..^1] + $",\"{key}\":{value}}}";   // as text, since a number must keep its spelling whatever its size
    }

    private static JsonObject Parsed(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();
}
