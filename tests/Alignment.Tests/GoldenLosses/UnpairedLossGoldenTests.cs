using System.Text.Json;
using Alignment.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.GoldenLosses;

/// <summary>Every recorded row of TRL's losses on single responses: loss, gradients, KL, rewards and log-probabilities of both classes.</summary>
public sealed class UnpairedLossGoldenTests
{
    [Theory]
    [InlineData("float64", 1e-10)]
    [InlineData("float32", 1e-5)]
    public void Rows_match(string type, double tolerance)
    {
        var file = Golden.Json("losses", $"kto_{type}.json");
        var dtype = RecordedNumbers.Type(type);
        var compared = 0;
        foreach (var group in new[] { "mixed", "all_desirable", "all_undesirable", "kl_clamped", "kl_large", "one_desirable", "edges" })
        {
            var inputs = file.GetProperty(group + "_inputs");
            foreach (var row in file.GetProperty(group).EnumerateArray())
            {
                using var scope = NewDisposeScope();
                var input = Input(inputs, dtype);
                var output = Compare(row, input, tolerance, $"{group} {compared % 18}");
                output.PerExample.mean().backward();
                // TRL subtracts σ from 1, so slopes that vanish are its rounding errors (kl_large at β 0.7: 0 for 3.1e-9 in float32, 3.1471050855e-9 for
                // 3.1471050833e-9 in float64). Ours keep their digits; the comparison is relative to the steepest slope, β / 4 over 8 rows.
                RecordedNumbers.Near(row.GetProperty("grad_per_sequence"), input.Policy.grad!, tolerance, $"{group} {compared % 18} gradient", row.GetProperty("beta").GetDouble() / 32);
                compared++;
            }
        }
        Assert.Equal(126, compared);
    }

    [Fact]
    public void Rows_through_the_whole_model_match()
    {
        var file = Golden.Json("losses", "whole_model.json");
        var logProbs = file.GetProperty("kto_logps");
        var compared = 0;
        foreach (var row in file.GetProperty("kto").EnumerateArray())
        {
            using var scope = NewDisposeScope();
            var desirable = tensor(file.GetProperty("kto_examples").EnumerateArray().Select(e => e.GetProperty("label").GetBoolean()).ToArray());
            var input = new UnpairedLogProbs(Sums("policy"), Sums("reference"), desirable, new MismatchedLogProbs(Sums("policy_kl"), Sums("reference_kl")));
            Compare(row, input, 1e-5, $"whole model {compared++}");
        }
        Assert.Equal(3, compared);

        Tensor Sums(string name) => stack(logProbs.GetProperty(name).EnumerateArray().Select(tokens => RecordedNumbers.Vector(tokens, ScalarType.Float32).sum()));
    }

    private static UnpairedLossOutput Compare(JsonElement row, UnpairedLogProbs input, double tolerance, string what)
    {
        using var loss = Loss(row);
        var output = loss.call(input);
        var metrics = row.GetProperty("metrics");
        RecordedNumbers.Near(row.GetProperty("loss").GetDouble(), output.PerExample.mean().ToDouble(), tolerance, what + " loss");
        RecordedNumbers.Near(metrics.GetProperty("kl").GetDouble(), output.Kl.ToDouble(), tolerance, what + " kl");
        var chosen = Mean("chosen", input.Desirable);
        var rejected = Mean("rejected", ~input.Desirable);
        if (metrics.TryGetProperty("rewards/margins", out var margin))
            Assert.InRange(Math.Abs(margin.GetDouble() - (chosen - rejected)), 0, tolerance * Math.Max(Math.Abs(chosen), Math.Abs(rejected)));
        return output;

        // A class without rows has no metric.
        double Mean(string name, Tensor mask)
        {
            Assert.Equal(mask.any().ToBoolean(), metrics.TryGetProperty("rewards/" + name, out var reward));
            if (reward.ValueKind == JsonValueKind.Undefined) return 0;
            var rewards = output.Rewards.masked_select(mask);
            Assert.InRange(Math.Abs(reward.GetDouble() - rewards.mean().ToDouble()), 0, tolerance * rewards.abs().max().ToDouble());
            RecordedNumbers.Near(metrics.GetProperty("logps/" + name).GetDouble(), input.Policy.detach().masked_select(mask).mean().ToDouble(), tolerance, $"{what} logps/{name}");
            return reward.GetDouble();
        }
    }

    private static UnpairedLoss Loss(JsonElement row)
    {
        var (beta, desirable, undesirable) = (row.GetProperty("beta").GetDouble(), row.GetProperty("desirable_weight").GetDouble(), row.GetProperty("undesirable_weight").GetDouble());
        return row.GetProperty("loss_type").GetString() switch
        {
            "kto" => new KtoLoss { Beta = beta, DesirableWeight = desirable, UndesirableWeight = undesirable },
            "apo_zero_unpaired" => new ApoZeroUnpairedLoss { Beta = beta, DesirableWeight = desirable, UndesirableWeight = undesirable },
            var other => throw new InvalidOperationException($"An unknown loss: {other}."),
        };
    }

    private static UnpairedLogProbs Input(JsonElement inputs, ScalarType type) => new(
        RecordedNumbers.MaskedSums(inputs.GetProperty("per_token_logps"), inputs.GetProperty("completion_mask"), type).requires_grad_(),
        RecordedNumbers.Vector(inputs.GetProperty("ref_logps"), type),
        tensor(inputs.GetProperty("label").EnumerateArray().Select(label => label.GetBoolean()).ToArray()),
        new MismatchedLogProbs(
            RecordedNumbers.MaskedSums(inputs.GetProperty("kl_per_token_logps"), inputs.GetProperty("kl_completion_mask"), type),
            RecordedNumbers.Vector(inputs.GetProperty("ref_kl_logps"), type)));
}
