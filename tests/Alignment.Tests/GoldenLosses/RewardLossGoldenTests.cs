using System.Text.Json;
using Alignment.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.GoldenLosses;

/// <summary>Every recorded row of TRL's reward loss: loss, gradients and metrics, with and without margins and centering.</summary>
public sealed class RewardLossGoldenTests
{
    [Theory]
    [InlineData("float64", 1e-10)]
    [InlineData("float32", 1e-5)]
    public void Rows_match(string type, double tolerance)
    {
        var file = Golden.Json("losses", $"reward_{type}.json");
        var dtype = RecordedNumbers.Type(type);
        var compared = 0;
        foreach (var group in new[] { "random", "edges", "single" })
        {
            var inputs = file.GetProperty(group + "_inputs");
            foreach (var row in file.GetProperty(group).EnumerateArray())
            {
                using var scope = NewDisposeScope();
                var what = $"{group} {compared}";
                var (coefficient, margin) = (row.GetProperty("center_rewards_coefficient"), row.GetProperty("margin"));
                using var loss = new BradleyTerryLoss { CenterRewardsCoefficient = coefficient.ValueKind == JsonValueKind.Null ? 0 : coefficient.GetDouble() };
                var rewards = new PairRewards(
                    RecordedNumbers.Vector(inputs.GetProperty("rewards_chosen"), dtype).requires_grad_(),
                    RecordedNumbers.Vector(inputs.GetProperty("rewards_rejected"), dtype).requires_grad_(),
                    margin.ValueKind == JsonValueKind.Null ? null : RecordedNumbers.Vector(margin, dtype));
                var output = loss.call(rewards);
                var mean = output.PerPair.mean();
                mean.backward();
                RecordedNumbers.Near(row.GetProperty("loss").GetDouble(), mean.ToDouble(), tolerance, what + " loss");
                RecordedNumbers.Near(row.GetProperty("grad_chosen"), rewards.Chosen.grad!, tolerance, what + " gradient of chosen");
                RecordedNumbers.Near(row.GetProperty("grad_rejected"), rewards.Rejected.grad!, tolerance, what + " gradient of rejected");
                CompareMetrics(row.GetProperty("metrics"), rewards, output, tolerance);
                compared++;
            }
        }
        Assert.Equal(18, compared);
    }

    // Means of rewards that cancel (10,000 and -10,000) are only as exact as the largest reward is.
    private static void CompareMetrics(JsonElement metrics, PairRewards rewards, RewardLossOutput output, double tolerance)
    {
        using var scope = NewDisposeScope();
        var all = cat([rewards.Chosen.detach(), rewards.Rejected.detach()]);
        var allowed = tolerance * all.abs().max().ToDouble();
        Close("min_reward", all.min().ToDouble());
        Close("mean_reward", all.mean().ToDouble());
        Close("max_reward", all.max().ToDouble());
        Close("margin", output.Margins.mean().ToDouble());
        Near.Equal(metrics.GetProperty("accuracy").GetDouble(), output.Accuracy(), 1e-7);   // recorded in float32 in both files

        void Close(string name, double actual) => Assert.InRange(Math.Abs(metrics.GetProperty(name).GetDouble() - actual), 0, allowed);
    }
}
