using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models.Tests;

/// <summary>Logits, loss and gradients of models/llama against transformers: grouped queries, llama3 rotary scaling, three shards.</summary>
public sealed class LlamaForwardTests : IDisposable
{
    private readonly DecoderModel model = PretrainedModel.Load(LlamaRecord.Folder);
    private readonly LlamaRecord record = new();

    [Theory]
    [InlineData("right")]
    [InlineData("left")]
    public void Logits_at_real_tokens(string side)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var layout = TinyLlama.Layout(record.Rows(side));
        var logits = F.linear(model.Hidden(layout), model.OutputWeight);
        Assert.InRange(TinyLlama.LargestDifference(logits, record.Logits(side)), 0, 1e-4);
    }

    [Theory]
    [InlineData("right")]
    [InlineData("left")]
    public void A_row_alone_gives_the_same_logits_as_in_a_batch(string side)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var alone = record.Rows(side).Select(row =>
        {
            using var layout = TinyLlama.Layout(row);
            return F.linear(model.Hidden(layout), model.OutputWeight);
        });
        Assert.InRange(TinyLlama.LargestDifference(cat([.. alone]), record.Logits(side)), 0, 1e-4);
    }

    [Fact]
    public void Log_probabilities_of_tokens()
    {
        using var scope = NewDisposeScope();
        using var layout = TinyLlama.Layout(record.Rows("right"));
        var mask = record["attention_mask_right"].narrow(1, 1, 15).flatten().to(ScalarType.Bool);
        var expected = record["per_token_logps_right"].flatten().index(mask);
        Assert.InRange(TinyLlama.LargestDifference(model.TokenLogProbs(layout).Values.detach(), expected), 0, 1e-4);
    }

    [Fact]
    public void Loss_and_the_gradient_of_every_parameter()
    {
        using var scope = NewDisposeScope();
        using var layout = TinyLlama.Layout(record.Rows("right"));
        var loss = -model.TokenLogProbs(layout).Values.mean();
        loss.backward();

        Assert.Equal(LlamaRecord.Io.GetProperty("loss_right").GetDouble(), loss.item<float>(), 1e-5);
        var expected = LlamaRecord.Io.GetProperty("grad_norms").EnumerateObject().ToDictionary(norm => norm.Name, norm => norm.Value.GetDouble());
        Assert.Equal(expected.Keys, model.named_parameters().Select(entry => entry.name));
        foreach (var (name, parameter) in model.named_parameters())
            Assert.InRange(parameter.grad!.norm().item<float>() / expected[name], 1 - 1e-4, 1 + 1e-4);   // 1e-4: two float32 implementations
    }

    [Fact]
    public void One_gradient_in_full()
    {
        using var scope = NewDisposeScope();
        using var layout = TinyLlama.Layout(record.Rows("right"));
        (-model.TokenLogProbs(layout).Values.mean()).backward();
        const string name = "model.layers.0.self_attn.q_proj.weight";
        var gradient = model.named_parameters().Single(entry => entry.name == name).parameter.grad!;
        Assert.InRange(TinyLlama.LargestDifference(gradient, record["grad:" + name]), 0, 1e-5);
    }

    public void Dispose()
    {
        record.Dispose();
        model.Dispose();
    }
}
