using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Heads on decoders: where they are read, how they begin, and that files keep them.</summary>
public sealed class HeadTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_score_is_the_product_of_the_last_hidden_state_and_the_weight()
    {
        using var scope = NewDisposeScope();
        using var language = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var reward = DecoderRewardModel.FromLanguageModel(language, 2);
        using var layout = TinyLlama.Layout(TinyLlama.Ids(1, 5), TinyLlama.Ids(2, 9));
        var (hidden, weight) = (language.Hidden(layout).data<float>().ToArray(), reward.Head.Weight.data<float>().ToArray());
        // Rows 0 to 4 are the first sequence, 5 to 13 the second.
        double At(int row) => Enumerable.Range(0, 24).Sum(i => (double)hidden[row * 24 + i] * weight[i]);
        Assert.All(reward.Scores(layout).data<float>().ToArray().Zip([At(4), At(13)]), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Fact]
    public void A_new_head_is_drawn_from_one_over_the_root_of_the_hidden_size_plus_one()
    {
        using var language = DecoderModel.FromScratch(TinyLlama.Config with { HiddenSize = 4096, IntermediateSize = 8, Layers = 1 }, 1);
        using var reward = DecoderRewardModel.FromLanguageModel(language, 2);
        using var scope = NewDisposeScope();
        Assert.Equal(1 / Math.Sqrt(4097), reward.Head.Weight.std().item<float>(), 0.001);   // a sample of 4096: standard error 0.00017
        Assert.Equal(0, reward.Head.Weight.mean().item<float>(), 0.001);
        using var same = DecoderRewardModel.FromLanguageModel(language, 2);
        using var other = DecoderRewardModel.FromLanguageModel(language, 3);
        Assert.Equal(0, TinyLlama.LargestDifference(reward.Head.Weight, same.Head.Weight));
        Assert.NotEqual(0, TinyLlama.LargestDifference(reward.Head.Weight, other.Head.Weight));
    }

    [Theory]
    [InlineData("llama", "LlamaForSequenceClassification")]
    [InlineData("mistral", "MistralForSequenceClassification")]
    [InlineData("qwen2", "Qwen2ForSequenceClassification")]
    [InlineData("qwen3", "Qwen3ForSequenceClassification")]
    [InlineData("gemma2", "Gemma2ForSequenceClassification")]
    [InlineData("gemma3", "Gemma3TextForSequenceClassification")]
    [InlineData("phi3", "Phi3ForSequenceClassification")]
    [InlineData("gpt2", "GPT2ForSequenceClassification")]
    public void Every_family_is_saved_as_a_sequence_classifier_and_loads_to_the_same_scores(string family, string architecture)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var layout = TinyLlama.Layout(TinyLlama.Ids(1, 7), TinyLlama.Ids(2, 12));
        using var language = PretrainedModel.Load(ModelRecord.FolderOf(family));
        using var reward = DecoderRewardModel.FromLanguageModel(language, 5);
        reward.SavePretrained(folder.Path);

        var config = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(folder.File("config.json")))!;
        Assert.Equal(architecture, config["architectures"]![0]!.GetValue<string>());
        Assert.Equal("LABEL_0", config["id2label"]!["0"]!.GetValue<string>());
        using (var file = SafetensorsFile.Open(folder.File("model.safetensors")))
        {
            Assert.Equal([1, 64], file.Shape("score.weight"));
            Assert.False(file.Contains("lm_head.weight"));
        }
        using var loaded = PretrainedModel.LoadRewardModel(folder.Path);
        using var values = PretrainedModel.LoadValueModel(folder.Path);
        Assert.Equal(reward.Scores(layout).bytes.ToArray(), loaded.Scores(layout).bytes.ToArray());
        Assert.Equal(0, TinyLlama.LargestDifference(reward.Head.Weight, values.Head.Weight));
    }

    [Fact]
    public void A_value_model_begins_as_a_copy_of_the_reward_model_and_moves_alone()
    {
        using var scope = NewDisposeScope();
        using var language = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var reward = DecoderRewardModel.FromLanguageModel(language, 2);
        using var value = reward.ToValueModel();
        using var layout = TinyLlama.Layout(TinyLlama.Ids(1, 5));
        var before = reward.Scores(layout).item<float>();
        Assert.Equal(reward.named_parameters().Select(entry => entry.name).Order(), value.named_parameters().Select(entry => entry.name).Order());
        using (no_grad())
            foreach (var parameter in value.parameters()) parameter.mul_(2);
        Assert.Equal(before, reward.Scores(layout).item<float>());
        value.SavePretrained(folder.Path);
        using var loaded = PretrainedModel.LoadValueModel(folder.Path);
        Assert.Equal(value.Values(layout).bytes.ToArray(), loaded.Values(layout).bytes.ToArray());
    }

    [Fact]
    public void A_file_without_its_head_is_refused_and_nothing_is_drawn_in_its_place()
    {
        using var language = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var reward = DecoderRewardModel.FromLanguageModel(language, 2);
        reward.SavePretrained(folder.Path);
        using (var scope = NewDisposeScope())
            SafetensorsWriter.Write(
                folder.File("model.safetensors"),
                reward.named_parameters().Where(entry => entry.name != "score.weight").Select(entry => (entry.name, (Tensor)entry.parameter)));
        var error = Assert.Throws<WeightMismatchException>(() => PretrainedModel.LoadRewardModel(folder.Path));
        Assert.Equal(["score.weight"], error.Missing);
        Assert.Equal($"{folder.Path}: the weights are not those that config.json describes. Missing: score.weight.", error.Message);
    }

    [Fact]
    public void A_language_model_is_not_a_reward_model()
    {
        var error = Assert.Throws<UnsupportedModelException>(() => PretrainedModel.LoadRewardModel(LlamaRecord.Folder));
        Assert.Equal(
            $"{LlamaRecord.Folder}: architectures must be that of a reward model, such as [\"LlamaForSequenceClassification\"]; a language model has no score head. "
            + "To train a new one, load the language model and call DecoderRewardModel.FromLanguageModel.", error.Message);
    }

    [Theory]
    [InlineData("id2label", """{"0":"bad","1":"good"}""", "id2label must be one label: a reward is one number; was '{\"0\":\"bad\",\"1\":\"good\"}'.")]
    [InlineData("id2label", "null", "num_labels must be one label: a reward is one number; is missing.")]
    public void A_classifier_of_several_labels_is_refused(string key, string value, string message)
    {
        var root = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(ModelRecord.FolderOf("llama_reward"), "config.json")))!.AsObject();
        root[key] = System.Text.Json.Nodes.JsonNode.Parse(value);
        var error = Assert.Throws<UnsupportedModelException>(() => ConfigFile.Parse(root.ToJsonString(), "config.json"));
        Assert.Equal($"config.json: {message}", error.Message);
    }

    [Fact]
    public void Hidden_states_of_another_batch_are_refused()
    {
        using var scope = NewDisposeScope();
        using var language = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var reward = DecoderRewardModel.FromLanguageModel(language, 2);
        using var layout = TinyLlama.Layout(TinyLlama.Ids(1, 5));
        var error = Assert.Throws<ArgumentException>(() => reward.Head.Scores(zeros(4, 24), layout));
        Assert.Equal("Hidden states must be [N, H] = [5, 24]; were [4, 24]. (Parameter 'hidden')", error.Message);
    }

    [Fact]
    public void Half_precision_weights_give_float32_scores_near_those_of_float32()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var path = ModelRecord.FolderOf("llama_reward");
        using var half = PretrainedModel.LoadRewardModel(path);
        using var single = PretrainedModel.LoadRewardModel(path, ScalarType.Float32);
        using var layout = TinyLlama.Layout(TinyLlama.Ids(1, 9), TinyLlama.Ids(2, 12));
        var scores = half.Scores(layout);
        Assert.Equal((ScalarType.BFloat16, ScalarType.Float32), (half.Head.Weight.dtype, scores.dtype));
        var expected = single.Scores(layout);
        Assert.InRange(TinyLlama.LargestDifference(scores, expected) / expected.abs().max().item<float>(), 1e-6, 5e-2);   // 8 bits of mantissa through a model
    }

    public void Dispose() => folder.Dispose();
}
