using System.Text.Json;
using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.GoldenLosses;

/// <summary>Every recorded row of TRL's DPO losses: batch loss, loss of each pair, gradients, rewards and metrics.</summary>
/// <remarks>
/// We differ on purpose where TRL overflows. Its DiscoPOP multiplies a weight of 0 by an infinite exponential; its forward KL has no limit
/// on the exponent; squares of its limited alpha scores overflow in float32. Ours is finite there, and the rows are named below.
/// </remarks>
public sealed class PairLossGoldenTests
{
    private static readonly string[] OverflowInBothTypes =
    [
        "discopop beta 0.1 tau 0.05", "discopop beta 0.5 tau 0.05", "discopop beta 2 tau 0.05", "discopop beta 0.1 tau 0.01", "discopop beta 0.1 tau 0.5",
        "discopop beta 0.1 tau 0.05 forward", "discopop beta 0.1 tau 0.05 js", "discopop beta 0.1 tau 0.05 alpha 1",
        "sigmoid beta 0.1 forward", "hinge beta 0.1 forward", "ipo beta 0.1 forward", "exo_pair beta 0.1 forward", "nca_pair beta 0.1 forward",
        "robust beta 0.1 forward", "bco_pair beta 0.1 forward", "sppo_hard beta 0.1 forward", "apo_down beta 0.1 forward", "sigmoid_norm beta 0.1 forward",
    ];

    private static readonly string[] OverflowInFloat32 =
    [
        .. OverflowInBothTypes, "discopop beta 0.01 tau 0.05",
        "ipo beta 0.1 alpha 0.5", "ipo beta 0.1 alpha 0.3", "ipo beta 0.1 alpha 2",
        "sppo_hard beta 0.1 alpha 0.5", "sppo_hard beta 0.1 alpha 0.3", "sppo_hard beta 0.1 alpha 2",
        "discopop beta 0.1 tau 0.05 alpha 0.5", "discopop beta 0.1 tau 0.05 alpha 0.3", "discopop beta 0.1 tau 0.05 alpha 2",
    ];

    [Theory]
    [InlineData("float64", "random", 1e-10, 147)]
    [InlineData("float64", "edges", 1e-10, 135)]
    [InlineData("float32", "random", 1e-5, 189)]
    [InlineData("float32", "edges", 1e-5, 177)]
    public void Every_row_matches(string type, string group, double tolerance, int rows)
    {
        var file = Golden.Json("losses", $"dpo_{type}.json");
        var pairs = new RecordedPairs(file.GetProperty(group + "_inputs"), RecordedPairs.TypeOf(type));
        var compared = 0;
        var overflowing = new List<string>();
        foreach (var row in file.GetProperty(group).EnumerateArray())
        {
            using var scope = NewDisposeScope();
            var comparison = new RowComparison(row, tolerance);
            Compare(row, pairs, comparison);
            if (comparison.RecordedOverflow) overflowing.Add(RecordedPairLoss.Name(row));
            compared++;
        }
        Assert.Equal(rows, compared);
        string[] expected = group == "random" ? [] : type == "float64" ? OverflowInBothTypes : OverflowInFloat32;
        Assert.Equal(expected.Order(StringComparer.Ordinal), overflowing.Order(StringComparer.Ordinal));
    }

    private static void Compare(JsonElement row, RecordedPairs pairs, RowComparison comparison)
    {
        using var loss = RecordedPairLoss.Of(row);
        var tokens = loss is LengthDesensitizedLoss ? pairs.Tokens() : null;
        var policy = tokens is null ? pairs.Policy() : loss.Pairs(tokens);
        var output = loss.call(policy, pairs.Reference());
        var mean = output.PerPair.mean();
        mean.backward();

        comparison.Loss(mean);
        if (!row.GetProperty("loss_type")[0].GetString()!.StartsWith("aot", StringComparison.Ordinal)) comparison.PerPair(output.PerPair);
        if (tokens is null)
        {
            var (byChosen, byRejected) = Sorting(loss, policy, pairs.Reference());
            comparison.Gradient("grad_chosen", policy.Chosen.grad!, byChosen);
            comparison.Gradient("grad_rejected", policy.Rejected.grad!, byRejected);
        }
        else
        {
            comparison.TokenGradient(pairs.InTokenOrder(row.GetProperty("grad_per_token")), tokens.Values.grad!);
        }
        comparison.RewardsAndMetrics(policy, output);
    }

    private static (Tensor? Chosen, Tensor? Rejected) Sorting(PairLoss loss, PairLogProbs policy, PairLogProbs reference) => loss switch
    {
        AotLoss => (policy.Chosen - policy.Rejected, policy.Chosen - policy.Rejected),
        AotUnpairedLoss => (policy.Chosen - reference.Chosen, policy.Rejected - reference.Rejected),
        _ => (null, null),
    };
}
