using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Alignment.Models.Tests.Adapters;

/// <summary>Adapter folders from strangers: what is refused is named, and the model is as it was.</summary>
public sealed class AdapterFileTests
{
    [Theory]
    [InlineData("peft_type", "\"IA3\"", "peft_type must be LORA; was 'IA3'.")]
    [InlineData("use_dora", "true", "use_dora must be absent or off; was 'true'.")]
    [InlineData("bias", "\"lora_only\"", "bias must be none; was 'lora_only'.")]
    [InlineData("lora_bias", "true", "lora_bias must be absent or off; was 'true'.")]
    [InlineData("layer_replication", "[[0,2],[1,2]]", "layer_replication must be absent or off; was '[[0,2],[1,2]]'.")]
    [InlineData("use_qalora", "true", "use_qalora must be absent or off; was 'true'.")]
    [InlineData("target_parameters", "[\"a\"]", "target_parameters must be absent or off; was '[\"a\"]'.")]
    [InlineData("trainable_token_indices", "[5]", "trainable_token_indices must be absent or off; was '[5]'.")]
    [InlineData("megatron_config", "{\"a\":1}", "megatron_config must be absent or off; was '{\"a\":1}'.")]
    [InlineData("ensure_weight_tying", "true", "ensure_weight_tying must be absent or off; was 'true'.")]
    [InlineData("of_the_future", "0.5", "of_the_future must be absent or off; was '0.5'.")]
    [InlineData("init_lora_weights", "\"pissa\"", "init_lora_weights must be true, false, gaussian, eva or orthogonal; was 'pissa'.")]
    [InlineData("task_type", "\"SEQ_2_SEQ_LM\"", "task_type must be CAUSAL_LM or SEQ_CLS; was 'SEQ_2_SEQ_LM'.")]
    [InlineData("layers_pattern", "\"blocks\"", "layers_pattern must be layers; was 'blocks'.")]
    [InlineData("exclude_modules", "\".*\"", "exclude_modules must be a list of names; was '.*'.")]
    [InlineData("layers_to_transform", "[0.5]", "layers_to_transform must be whole numbers from 0 to 1024; was '[0.5]'.")]
    public void What_is_not_supported_is_named(string key, string value, string message) =>
        Refused<UnsupportedModelException>(root => root[key] = JsonNode.Parse(value), message);

    [Theory]
    [InlineData("r", "0", "r must be a whole number from 1 to 65536; was '0'.")]
    [InlineData("r", "2000000000", "r must be a whole number from 1 to 65536; was '2000000000'.")]
    [InlineData("lora_alpha", "-1", "lora_alpha must be a number, 0 or greater; was '-1'.")]
    [InlineData("lora_alpha", "0", "lora_alpha must be greater than 0; was '0'.")]
    [InlineData("lora_dropout", "1", "Dropout must be at least 0 and below 1. (Parameter 'Dropout')\nActual value was 1.")]
    [InlineData("target_modules", "null", "target_modules is missing.")]
    [InlineData("target_modules", "[]", "There must be at least one name of a module. (Parameter 'names')")]
    [InlineData("target_modules", "[1]", "target_modules must be an array of strings; was '[1]'.")]
    [InlineData("target_modules", "[\"x_proj\"]", "The adapter must name at least one module of the model; none matches. (Parameter 'options')")]
    [InlineData("target_modules", "\"(a+)+\"", "The adapter must name at least one module of the model; none matches. (Parameter 'options')")]
    [InlineData("rank_pattern", "{\"q_proj\":0}", "rank_pattern.q_proj must be a whole number from 1 to 65536; was '0'.")]
    [InlineData("rank_pattern", "[4]", "rank_pattern must be an object; was '[4]'.")]
    [InlineData("alpha_pattern", "{\"q_proj\":\"4\"}", "alpha_pattern.q_proj must be a number, 0 or greater; was '4'.")]
    [InlineData("modules_to_save", "[\"\"]", "ModulesToSave must be names of modules; none may be null or empty. (Parameter 'ModulesToSave')")]
    [InlineData("use_rslora", "1", "use_rslora must be true or false; was '1'.")]
    public void What_is_malformed_is_named(string key, string value, string message) =>
        Refused<ModelFormatException>(root => root[key] = JsonNode.Parse(value), message);

    [Fact]
    public void Settings_that_are_off_are_passed_over()
    {
        using var folder = Folder(root =>
        {
            foreach (var (i, value) in ((string[])["null", "false", "[]", "{}", "\"\""]).Index()) root[$"of_the_future_{i}"] = JsonNode.Parse(value);
            root["layers_pattern"] = "layers";
            root["layers_to_transform"] = JsonNode.Parse("[0, 1]");
            root["exclude_modules"] = JsonNode.Parse("[\"k_proj\"]");
            root["modules_to_save"] = JsonNode.Parse("[\"classifier\"]");   // PEFT names it for every model of rewards, there or not
            root["init_lora_weights"] = "gaussian";
            foreach (var key in (string[])["auto_mapping", "revision", "peft_version"]) root.Remove(key);
        });
        using var model = PretrainedModel.Load(LlamaRecord.Folder);
        model.Adapters.Load("a", folder.Path, false);
        Assert.Equal(16, model.Adapters.Options("a").Alpha);
    }

    [Fact]
    public void All_linear_may_be_written_in_a_word()
    {
        using var folder = Folder(root => root["target_modules"] = "all-linear", "all_linear");
        using var model = PretrainedModel.Load(LlamaRecord.Folder);
        model.Adapters.Load("a", folder.Path, false);
        Assert.Equal(28, model.Adapters.Parameters("a").Count);
    }

    [Fact]
    public void Text_that_is_no_configuration()
    {
        foreach (var (text, message) in (ReadOnlySpan<(string, string)>)
            [
                ("[]", "must be a JSON object."),
                ("{\"r\":1,\"r\":2}", "must be JSON without duplicate keys, at most 32 levels deep."),
                ("{", "must be JSON without duplicate keys, at most 32 levels deep."),
                (new string('[', 100), "must be JSON without duplicate keys, at most 32 levels deep."),
                ("{\"peft_type\":\"LORA\",\"r\":1,\"lora_alpha\":1,\"target_modules\":\"(\"}", "pattern must be a regular expression; '(' is none:"),
                ("{\"peft_type\":\"LORA\",\"r\":1,\"lora_alpha\":1,\"target_modules\":\"((.|..|...)+)+!\"}", "A pattern must match a name within a second;"),
            ])
        {
            using var folder = Folder(_ => { });
            var path = folder.Write("adapter_config.json", text);
            using var model = PretrainedModel.Load(LlamaRecord.Folder);
            var e = Assert.Throws<ModelFormatException>(() => model.Adapters.Load("a", folder.Path, false));
            Assert.StartsWith($"{path}: {message}", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tensors_are_compared_before_anything_is_allocated()
    {
        using var scope = NewDisposeScope();
        using var folder = Folder(root => root["rank_pattern"] = JsonNode.Parse("{\"layers.0.self_attn.v_proj\":65536}"));
        Rewrite(folder, tensors =>
        {
            tensors.Remove("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight");
            tensors.Add("base_model.model.score.weight", zeros(1, 64));
        });
        using var model = PretrainedModel.Load(LlamaRecord.Folder);
        var e = Assert.Throws<WeightMismatchException>(() => model.Adapters.Load("a", folder.Path, false));
        Assert.Equal(
            $"{folder.Path}: the weights are not those that adapter_config.json describes."
            + " Missing: base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight."
            + " Unexpected: base_model.model.score.weight."
            + " Misshapen: base_model.model.model.layers.0.self_attn.v_proj.lora_A.weight [8, 64] instead of [65536, 64],"
            + " base_model.model.model.layers.0.self_attn.v_proj.lora_B.weight [32, 8] instead of [32, 65536].",
            e.Message);
        Assert.Empty(model.Adapters.Names);
    }

    [Fact]
    public void A_pickle_is_refused_with_a_hint()
    {
        using var folder = Folder(_ => { });
        using var model = PretrainedModel.Load(LlamaRecord.Folder);
        File.Delete(folder.File("adapter_model.safetensors"));
        Assert.Equal($"{folder.Path}: must hold adapter_model.safetensors; does not.", Load().Message);
        folder.Write("adapter_model.bin", "");
        Assert.Equal(
            $"{folder.Path}: weights must be safetensors; found 'adapter_model.bin', a format that can run code when it is opened. "
            + "Convert it with a Python that has PEFT: PeftModel.from_pretrained(model, folder).save_pretrained(new_folder).",
            Load().Message);

        SafetensorsException Load() => Assert.Throws<SafetensorsException>(() => model.Adapters.Load("a", folder.Path, false));
    }

    [Fact]
    public void A_new_adapter_is_written_as_PEFT_reads_it()
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var folder = new TemporaryFolder();
        folder.Write("README.md", "kept");
        var options = new LoraOptions
        {
            Rank = 4,
            Alpha = 6.5,
            Dropout = 0.05,
            UsesRankStabilization = true,
            Targets = LoraTargets.Named("q_proj", "up_proj") with { Layers = [1], Exclude = ["k_proj"] },
            RankPattern = new Dictionary<string, int> { ["q_proj"] = 2 },
            AlphaPattern = new Dictionary<string, double> { ["up_proj"] = 3 },
            ModulesToSave = ["lm_head"],
            BaseModelName = "tiny",
        };
        model.Adapters.Add("a", options, 1);
        for (var i = 0; i < 2; i++) model.Adapters.Save("a", folder.Path);   // the second time in place of the first
        Assert.Equal(
            """
            {
              "alpha_pattern": {
                "up_proj": 3
              },
              "auto_mapping": null,
              "base_model_name_or_path": "tiny",
              "bias": "none",
              "fan_in_fan_out": false,
              "inference_mode": true,
              "init_lora_weights": true,
              "layers_pattern": null,
              "layers_to_transform": [
                1
              ],
              "lora_alpha": 6.5,
              "lora_dropout": 0.05,
              "modules_to_save": [
                "lm_head"
              ],
              "peft_type": "LORA",
              "r": 4,
              "rank_pattern": {
                "q_proj": 2
              },
              "revision": null,
              "target_modules": [
                "q_proj",
                "up_proj"
              ],
              "task_type": "CAUSAL_LM",
              "use_dora": false,
              "use_rslora": true,
              "exclude_modules": [
                "k_proj"
              ]
            }

            """, File.ReadAllText(folder.File("adapter_config.json")));
        using var file = SafetensorsFile.Open(folder.File("adapter_model.safetensors"));
        Assert.Equal(
            [
                "base_model.model.lm_head.weight",
                "base_model.model.model.layers.1.mlp.up_proj.lora_A.weight", "base_model.model.model.layers.1.mlp.up_proj.lora_B.weight",
                "base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight", "base_model.model.model.layers.1.self_attn.q_proj.lora_B.weight",
            ], file.Names);
        Assert.Equal([2L, 24], file.Shape("base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight"));
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
        using var other = DecoderModel.FromScratch(TinyLlama.Config, 1);
        other.Adapters.Load("b", folder.Path, true);
        Assert.Equal(JsonSerializer.Serialize(options), JsonSerializer.Serialize(other.Adapters.Options("b")));
    }

    [Fact]
    public void All_linear_layers_but_some_are_written_in_full()
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var folder = new TemporaryFolder();
        model.Adapters.Add("a", new LoraOptions { Targets = LoraTargets.AllLinear with { Layers = [1] } }, 1);
        model.Adapters.Save("a", folder.Path);
        using var config = JsonDocument.Parse(File.ReadAllText(folder.File("adapter_config.json")));
        Assert.Equal("model.layers.1.self_attn.q_proj", config.RootElement.GetProperty("target_modules")[0].GetString());
        using var other = DecoderModel.FromScratch(TinyLlama.Config, 1);
        other.Adapters.Load("a", folder.Path, false);
        Assert.Equal(14, other.Adapters.Parameters("a").Count);
    }

    private static void Refused<T>(Action<JsonObject> change, string message) where T : Exception
    {
        using var folder = Folder(change);
        using var model = PretrainedModel.Load(LlamaRecord.Folder);
        var e = Assert.Throws<T>(() => model.Adapters.Load("a", folder.Path, false));
        Assert.Equal($"{folder.File("adapter_config.json")}: {message}", e.Message.ReplaceLineEndings("\n"));
        Assert.Empty(model.Adapters.Names);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    private static TemporaryFolder Folder(Action<JsonObject> change, string adapter = "qv")
    {
        var folder = new TemporaryFolder();
        foreach (var path in Directory.GetFiles(LoraRecord.FolderOf(adapter), "adapter_*")) File.Copy(path, folder.File(Path.GetFileName(path)));
        var root = JsonNode.Parse(File.ReadAllText(folder.File("adapter_config.json")))!.AsObject();
        change(root);
        folder.Write("adapter_config.json", root.ToJsonString());
        return folder;
    }

    private static void Rewrite(TemporaryFolder folder, Action<Dictionary<string, Tensor>> change)
    {
        var path = folder.File("adapter_model.safetensors");
        Dictionary<string, Tensor> tensors;
        using (var file = SafetensorsFile.Open(path)) tensors = file.Names.ToDictionary(name => name, file.Read);
        change(tensors);
        SafetensorsWriter.Write(path, tensors.Select(entry => (entry.Key, entry.Value)));
    }
}
