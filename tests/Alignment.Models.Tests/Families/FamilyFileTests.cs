using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>config.json of every family: both styles, written and read again; and models written in code.</summary>
public sealed class FamilyFileTests : IDisposable
{
    private const string Both = "architectures model_type dtype torch_dtype bos_token_id eos_token_id pad_token_id vocab_size tie_word_embeddings initializer_range ";
    private const string Decoder = Both + "hidden_size intermediate_size num_hidden_layers num_attention_heads num_key_value_heads head_dim "
        + "max_position_embeddings rms_norm_eps rope_parameters rope_theta rope_scaling ";
    private const string Gemma = Decoder + "hidden_activation attention_bias query_pre_attn_scalar attn_logit_softcapping final_logit_softcapping sliding_window layer_types";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Models => ModelRecord.All;

    public static TheoryData<string> Families => TinyFamily.All;

    [Theory]
    [MemberData(nameof(Models))]
    public void Both_styles_read_to_the_same(string model) => Assert.Equal(
        DecoderConfig.Load(File(model, "config.json")) with { Source = null }, DecoderConfig.Load(File(model, "config_v4.json")) with { Source = null });

    [Theory]
    [MemberData(nameof(Models))]
    public void Loaded_and_saved_both_say_the_same(string model)
    {
        foreach (var name in (string[])["config.json", "config_v4.json"])
        {
            DecoderConfig.Load(File(model, name)).Save(folder.File("config.json"));
            Assert.True(JsonNode.DeepEquals(Parsed(File(model, name)), Parsed(folder.File("config.json"))), name);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Another_type_changes_its_key_alone(string model)
    {
        Assert.Equal(["dtype"], Changed(model, "config.json", config => config with { DataType = ScalarType.Float64 }));
        Assert.Equal(["torch_dtype"], Changed(model, "config_v4.json", config => config with { DataType = ScalarType.Float64 }));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Another_base_changes_its_key_alone(string model)
    {
        if (model == "gpt2") return;   // has none
        Assert.Equal(["rope_parameters"], Changed(model, "config.json", config => config with { Rope = config.Rope with { Theta = 77 } }));
        Assert.Equal(["rope_theta"], Changed(model, "config_v4.json", config => config with { Rope = config.Rope with { Theta = 77 } }));
    }

    [Fact]
    public void Another_local_base_changes_its_key_alone()
    {
        Assert.Equal(["rope_parameters"], Changed("gemma3", "config.json", config => config with { LocalRope = new RopeConfig { Theta = 77 } }));
        Assert.Equal(["rope_local_base_freq"], Changed("gemma3", "config_v4.json", config => config with { LocalRope = new RopeConfig { Theta = 77 } }));
    }

    [Fact]
    public void A_share_that_is_turned_is_taken_back_where_it_stood()
    {
        var config = PublishedModel.Config("Phi-4-mini-instruct") with { Rope = new RopeConfig() };
        config.Save(folder.File("config.json"));
        Assert.Equal(config with { Source = null }, DecoderConfig.Load(folder.File("config.json")) with { Source = null });
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Written_in_code_saved_and_loaded(string family)
    {
        var config = TinyFamily.Config(family);
        config.Save(folder.File("config.json"));
        Assert.Equal(config, DecoderConfig.Load(folder.File("config.json")) with { Source = null });
        DecoderConfig.Load(folder.File("config.json")).Save(folder.File("again.json"));
        Assert.True(JsonNode.DeepEquals(Parsed(folder.File("config.json")), Parsed(folder.File("again.json"))));
    }

    /// <summary>Each key is one that configuration_*.py of transformers 4.4x or 5 reads; those that only one of them knows, the other ignores.</summary>
    [Theory]
    [InlineData("llama", Decoder + "hidden_act attention_bias mlp_bias")]
    [InlineData("mistral", Decoder + "hidden_act sliding_window")]
    [InlineData("qwen2", Decoder + "hidden_act sliding_window use_sliding_window max_window_layers layer_types")]
    [InlineData("qwen3", Decoder + "hidden_act attention_bias sliding_window use_sliding_window max_window_layers layer_types")]
    [InlineData("gemma2", Gemma)]
    [InlineData("gemma3_text", Gemma + " rope_local_base_freq")]
    [InlineData("phi3", Decoder + "hidden_act sliding_window original_max_position_embeddings partial_rotary_factor")]
    [InlineData("gpt2", Both + "n_embd n_inner n_layer n_head n_positions activation_function layer_norm_epsilon attn_pdrop embd_pdrop resid_pdrop")]
    public void Keys_of_a_new_file(string family, string keys)
    {
        TinyFamily.Config(family).Save(folder.File("config.json"));
        Assert.Equal(keys.Split(' ').Order(), Parsed(folder.File("config.json")).Select(entry => entry.Key).Order());
    }

    /// <summary>transformers 5 declares query_pre_attn_scalar an int and refuses 5.0; rope_theta and the caps may have a fraction.</summary>
    [Theory]
    [InlineData("gemma2", "query_pre_attn_scalar", "5")]
    [InlineData("gemma3_text", "query_pre_attn_scalar", "7.5")]
    [InlineData("gemma2", "attn_logit_softcapping", "1.5")]
    [InlineData("gemma3_text", "attn_logit_softcapping", "null")]
    [InlineData("gemma3_text", "rope_theta", "1000000.0")]
    [InlineData("mistral", "sliding_window", "5")]
    [InlineData("phi3", "partial_rotary_factor", "0.5")]
    public void How_a_number_is_spelled(string family, string key, string text)
    {
        TinyFamily.Config(family).Save(folder.File("config.json"));
        Assert.Equal(text, Parsed(folder.File("config.json"))[key]?.ToJsonString() ?? "null");
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_new_model_saved_and_loaded_has_the_same_states_to_the_bit(string family)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = TinyFamily.Model(family, ScalarType.Float32);
        model.SavePretrained(folder.File("model"));
        using var loaded = PretrainedModel.Load(folder.File("model"));
        using var layout = TinyLlama.Layout(TinyLlama.Ids(1, 12), TinyLlama.Ids(2, 5));
        Assert.Equal(model.Hidden(layout).bytes.ToArray(), loaded.Hidden(layout).bytes.ToArray());
        Assert.Equal(model.Config, loaded.Config with { Source = null });
    }

    public void Dispose() => folder.Dispose();

    private static string File(string model, string name) => Path.Combine(ModelRecord.FolderOf(model), name);

    private IEnumerable<string> Changed(string model, string name, Func<DecoderConfig, DecoderConfig> change)
    {
        var config = change(DecoderConfig.Load(File(model, name)));
        config.Save(folder.File("config.json"));
        Assert.Equal(config with { Source = null }, DecoderConfig.Load(folder.File("config.json")) with { Source = null });
        var (before, after) = (Parsed(File(model, name)), Parsed(folder.File("config.json")));
        return before.Concat(after).Select(entry => entry.Key).Distinct().Where(key => !JsonNode.DeepEquals(before[key], after[key]));
    }

    private static JsonObject Parsed(string path) => JsonNode.Parse(System.IO.File.ReadAllText(path))!.AsObject();
}
