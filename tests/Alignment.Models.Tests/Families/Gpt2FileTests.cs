using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Files of GPT-2 as openai-community published them: bare names, the triangle of attention as a buffer, no output projection.</summary>
public sealed class Gpt2FileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Names_without_their_root_and_buffers_of_attention()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = TinyFamily.Model("gpt2", ScalarType.Float32);
        Save(model, tensors =>
        {
            for (var layer = 0; layer < 2; layer++)
            {
                tensors[$"h.{layer}.attn.bias"] = ones(1, 1, 64, 64).tril();
                tensors[$"h.{layer}.attn.masked_bias"] = tensor(-10_000f);
            }
        });
        using var loaded = PretrainedModel.Load(folder.Path);
        using var layout = TinyLlama.Layout(TinyLlama.Ids(1, 12), TinyLlama.Ids(2, 5));
        Assert.Equal(model.Hidden(layout).bytes.ToArray(), loaded.Hidden(layout).bytes.ToArray());
        Assert.Equal(model.TokenLogProbs(layout).Values.bytes.ToArray(), loaded.TokenLogProbs(layout).Values.bytes.ToArray());
    }

    [Fact]
    public void The_output_projection_is_the_embedding_and_may_stand_in_the_file_too()
    {
        using var scope = NewDisposeScope();
        using var model = TinyFamily.Model("gpt2", ScalarType.Float32);
        Save(model, tensors => tensors["lm_head.weight"] = tensors["wte.weight"]);
        using var loaded = PretrainedModel.Load(folder.Path);
        Assert.Same(loaded.named_parameters().Single(entry => entry.name == "transformer.wte.weight").parameter, loaded.OutputWeight);
        Save(model, tensors => tensors["lm_head.weight"] = tensors["wte.weight"] + 1);
        Assert.Equal(["lm_head.weight"], Assert.Throws<WeightMismatchException>(() => PretrainedModel.Load(folder.Path)).Unexpected);
    }

    [Fact]
    public void A_bare_file_is_named_in_full_where_it_lacks_a_tensor_and_saved_in_full()
    {
        using var scope = NewDisposeScope();
        using var model = TinyFamily.Model("gpt2", ScalarType.Float32);
        Save(model, tensors => tensors.Remove("h.1.mlp.c_fc.bias"));
        Assert.Equal(["transformer.h.1.mlp.c_fc.bias"], Assert.Throws<WeightMismatchException>(() => PretrainedModel.Load(folder.Path)).Missing);
        Save(model, _ => { });
        using var loaded = PretrainedModel.Load(folder.Path);
        loaded.SavePretrained(folder.File("again"));
        Assert.All(SafetensorsBytes.Parse(folder.File("again", "model.safetensors")).Keys, name => Assert.StartsWith("transformer.", name, StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    private void Save(DecoderModel model, Action<Dictionary<string, Tensor>> change)
    {
        var tensors = model.named_parameters().ToDictionary(entry => entry.name["transformer.".Length..], entry => entry.parameter.detach());
        change(tensors);
        SafetensorsWriter.Write(folder.File("model.safetensors"), tensors.Select(entry => (entry.Key, entry.Value)));
        model.Config.Save(folder.File("config.json"));
    }
}
