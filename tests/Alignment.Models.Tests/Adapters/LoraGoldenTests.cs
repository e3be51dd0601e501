using System.Text.Json;
using static TorchSharp.torch;

namespace Alignment.Models.Tests.Adapters;

/// <summary>Adapters saved by PEFT against what PEFT computed with them, in float32. 1e-4: two float32 implementations of a whole model.</summary>
public sealed class LoraGoldenTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string> All => [.. LoraRecord.Names];

    [Theory, MemberData(nameof(All))]
    public void Logits_with_the_adapter_without_it_and_merged(string adapter)
    {
        using var scope = NewDisposeScope();
        using var record = new LoraRecord(adapter);
        using var model = record.Load();
        using var layout = record.Layout();

        AssertNear(record.AtRealTokens("logits"), LoraRecord.LogitsOf(model, layout));
        using (model.WithoutAdapters()) AssertNear(record.BaseLogits(), LoraRecord.LogitsOf(model, layout));
        model.Adapters.Merge("default");
        AssertNear(record.AtRealTokens(record.Tensors.Contains("merged_logits") ? "merged_logits" : "logits"), LoraRecord.LogitsOf(model, layout));
        var merged = record.Tensors.Single(name => name.StartsWith("merged:", StringComparison.Ordinal));
        Assert.InRange(TinyLlama.LargestDifference(record[merged], model.get_parameter(merged["merged:".Length..])!), 0, 1e-6);
    }

    [Theory, MemberData(nameof(All))]
    public void Loss_and_the_gradient_norm_of_every_parameter(string adapter) => LossAndGradients(adapter, usesCheckpointing: false);

    [Theory, MemberData(nameof(All))]
    public void The_same_with_activation_checkpointing(string adapter) => LossAndGradients(adapter, usesCheckpointing: true);

    [Theory, MemberData(nameof(All))]
    public void Files_written_are_those_that_were_read(string adapter)
    {
        using var scope = NewDisposeScope();
        using var record = new LoraRecord(adapter);
        using var model = record.Load();
        using var folder = new TemporaryFolder();
        model.Adapters.Save("default", folder.File("saved"));

        Assert.Equal(["adapter_config.json", "adapter_model.safetensors"], Directory.GetFiles(folder.File("saved")).Select(Path.GetFileName).Order());
        using var config = JsonDocument.Parse(File.ReadAllText(folder.File("saved", "adapter_config.json")));
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(record.Folder, "adapter_config.json")));
        Assert.Equal(Properties(expected), Properties(config));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(record.Folder, "adapter_model.safetensors")),
            File.ReadAllBytes(folder.File("saved", "adapter_model.safetensors")));

        static List<(string, string)> Properties(JsonDocument document) =>
            [.. document.RootElement.EnumerateObject().Select(property => (property.Name, JsonSerializer.Serialize(property.Value)))];
    }

    private static void LossAndGradients(string adapter, bool usesCheckpointing)
    {
        using var scope = NewDisposeScope();
        using var record = new LoraRecord(adapter);
        using var model = record.Load(isTrainable: true);
        model.Backbone.UsesActivationCheckpointing = usesCheckpointing;
        using var layout = record.Layout();
        var loss = -model.TokenLogProbs(layout).Values.mean();
        loss.backward();

        Assert.Equal(1, loss.item<float>() / record.Io.GetProperty("loss").GetDouble(), Tolerance / 10);
        var expected = record.Io.GetProperty("grad_norms").EnumerateObject()
            .ToDictionary(norm => norm.Name["base_model.model.".Length..], norm => norm.Value.GetDouble());
        var gradients = model.named_parameters().Where(entry => entry.parameter.grad is not null)
            .ToDictionary(entry => entry.name, entry => (double)entry.parameter.grad!.norm().item<float>());
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), gradients.Keys.Order(StringComparer.Ordinal));
        // Processors round differently: with rsLoRA, whose scale is large, norms were up to 1.1e-4 away.
        foreach (var (name, norm) in expected) Assert.Equal(1, gradients[name] / norm, 2 * Tolerance);
    }

    private static void AssertNear(Tensor expected, Tensor actual) => Assert.InRange(TinyLlama.LargestDifference(expected, actual), 0, Tolerance);
}
