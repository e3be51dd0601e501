using System.Text.Json;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models.Tests;

/// <summary>One tiny model against its record, on a device and in a type.</summary>
internal sealed class ModelChecks(string name, Device device, ScalarType type, double tolerance) : IDisposable
{
    private readonly ModelRecord record = new(name);

    public void Logits(string side)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = record.Load(device, type);
        using var layout = Layout(record.Rows(side));
        AssertNear(record.AtRealTokens($"logits_{side}", side), LogitsOf(model, layout), halfScale: 1.2);   // of weights that were float32: up to 2.2e-2
    }

    public void LogitsOfEachRowAlone()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = record.Load(device, type);
        var alone = record.Rows("right").Select(row =>
        {
            using var layout = Layout([row]);
            return LogitsOf(model, layout);
        });
        AssertNear(record.AtRealTokens("logits_right", "right"), cat([.. alone]));
    }

    /// <summary>Rows with their padding, as another library would hand them over: what stands behind a token changes nothing.</summary>
    public void LogitsOfPaddedRows()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = record.Load(device, type);
        var ids = record["input_ids_right"];
        using var layout = Layout([.. Enumerable.Range(0, (int)ids.shape[0]).Select(row => ids[row].data<long>().Select(id => (int)id).ToArray())]);
        var real = record["attention_mask_right"].flatten().to(ScalarType.Bool);
        AssertNear(record.AtRealTokens("logits_right", "right"), LogitsOf(model, layout).cpu().index(real));
    }

    /// <summary>Each row as two sequences that share a prompt, which is stored once.</summary>
    public void LogProbabilitiesWithASharedPrompt()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = record.Load(device, type);
        var rows = record.Rows("right");
        using var layout = TokenLayout.Of([.. rows.Select(row => new TokenizedPair(row[..3], row[3..], [.. row[3..].Reverse()]))], device);
        var expected = rows.Select((row, i) => record["per_token_logps_right"][i].narrow(0, 2, row.Length - 3).sum());
        AssertNear(stack(expected), model.PairLogProbs(layout).Chosen, scale: 10);   // a sum of about ten tokens
    }

    public void LogProbabilities()
    {
        using var scope = NewDisposeScope();
        using var model = record.Load(device, type);
        using var layout = Layout(record.Rows("right"));
        var mask = record["attention_mask_right"].narrow(1, 1, 15).flatten().to(ScalarType.Bool);
        AssertNear(record["per_token_logps_right"].flatten().index(mask), model.TokenLogProbs(layout).Values.detach());
    }

    public void LossAndGradients(bool usesCheckpointing)
    {
        using var scope = NewDisposeScope();
        using var model = record.Load(device, type);
        model.Backbone.UsesActivationCheckpointing = usesCheckpointing;
        using var layout = Layout(record.Rows("right"));
        var loss = -model.TokenLogProbs(layout).Values.mean();
        loss.backward();

        Assert.Equal(1, loss.item<float>() / record.Io.GetProperty("loss_right").GetDouble(), tolerance / 10);
        var expected = record.Io.GetProperty("grad_norms").EnumerateObject().ToDictionary(norm => norm.Name, norm => norm.Value.GetDouble());
        var gradients = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.grad!);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), gradients.Keys.Order(StringComparer.Ordinal));
        // Of a bias that changes nothing, as that of keys, only rounding is left, more of it in half precision: compared with the largest.
        // Backward doubles the roundings of half precision: norms up to 2.1e-2, the full gradient up to 6.1e-2 were seen.
        var (least, share) = type == ScalarType.Float32 ? (1e-3, tolerance) : (0.2, 2 * tolerance);
        foreach (var (parameter, norm) in expected)
            Assert.True(
                Math.Abs(gradients[parameter].to(ScalarType.Float32).norm().item<float>() - norm) <= share * Math.Max(norm, least * expected.Values.Max()),
                $"{parameter}: {gradients[parameter].to(ScalarType.Float32).norm().item<float>()} instead of {norm}");
        var full = record.Tensors.Single(tensor => tensor.StartsWith("grad:", StringComparison.Ordinal));
        AssertNear(record[full], gradients[full[5..]], halfScale: 4);
    }

    public void GreedyTokens()
    {
        using var scope = NewDisposeScope();
        using var model = record.Load(device, type);
        var generation = record.Io.GetProperty("generation");
        var expected = generation.GetProperty("new_tokens").Deserialize<long[][]>()!;
        var expectedLogProbs = generation.GetProperty("new_token_logps").Deserialize<float[][]>()!;
        var smallestGap = double.PositiveInfinity;

        using var session = model.StartDecoding(record.Prompts(), 24);
        for (var step = 0; step < 24; step++)
        {
            var (best, ids) = session.Logits.topk(2);
            smallestGap = Math.Min(smallestGap, (best.select(1, 0) - best.select(1, 1)).min().item<float>());
            var next = ids.select(1, 0);
            Assert.Equal(expected.Select(row => row[step]), next.cpu().data<long>().ToArray());
            var logProbs = session.Logits.log_softmax(1).gather(1, next.unsqueeze(1)).squeeze(1).cpu().data<float>().ToArray();
            for (var row = 0; row < logProbs.Length; row++) Assert.Equal(expectedLogProbs[row][step], logProbs[row], tolerance);
            if (step < 23) session.Append(next);
        }
        Assert.Equal(generation.GetProperty("smallest_top2_gap").GetDouble(), smallestGap, tolerance);
    }

    public void Dispose() => record.Dispose();

    private static Tensor LogitsOf(DecoderModel model, TokenLayout layout)
    {
        var logits = F.linear(model.Hidden(layout), model.OutputWeight);
        return model.LogitSoftCap is { } cap ? (logits / cap).tanh() * cap : logits;
    }

    private TokenLayout Layout(int[][] rows) => TokenLayout.Of([.. rows.Select(row => new TokenizedExample(row[..1], row[1..]))], device);

    /// <summary>Every value within the tolerance in float32; in half precision, whose steps grow with the value, the whole within its share of the whole.</summary>
    private void AssertNear(Tensor expected, Tensor actual, double scale = 1, double halfScale = 1)
    {
        if (type == ScalarType.Float32)
        {
            Assert.InRange(TinyLlama.LargestDifference(expected, actual.cpu()), 0, tolerance * scale);
            return;
        }
        using var scope = NewDisposeScope();
        Assert.InRange((actual.cpu().to(ScalarType.Float32) - expected).norm().item<float>() / expected.norm().item<float>(), 0, tolerance * halfScale);
    }
}
