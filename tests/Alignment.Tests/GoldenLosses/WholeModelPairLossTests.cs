using System.Text.Json;
using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.GoldenLosses;

/// <summary>TRL's DPO losses on a small model: the supervised part, weighted sums with it, and length desensitization of policy and reference.</summary>
public sealed class WholeModelPairLossTests
{
    // Losses that TRL weighs by the squared probabilities of the whole vocabulary (WPO) need logits.
    private const int Rows = 23, WeightedByVocabulary = 2;

    [Fact]
    public void Every_row_that_needs_no_logits_matches()
    {
        var file = Golden.Json("losses", "whole_model.json");
        var masks = file.GetProperty("dpo_collator")[0].GetProperty("output").GetProperty("completion_mask");
        var (compared, skipped) = (0, 0);
        foreach (var row in file.GetProperty("dpo").EnumerateArray())
        {
            if (row.GetProperty("use_weighting").GetBoolean())
            {
                skipped++;
                continue;
            }
            using var scope = NewDisposeScope();
            using var loss = RecordedPairLoss.Of(row);
            var policy = loss.Pairs(Tokens(file.GetProperty("policy_per_token_logps"), masks));
            var output = loss.call(policy, loss.Pairs(Tokens(file.GetProperty("reference_per_token_logps"), masks)));
            var comparison = new RowComparison(row, 1e-5);
            comparison.Loss(output.PerPair.mean());
            // TRL logs β (log π - log ref) for the supervised loss too; ours, which has no reference, logs log-probabilities.
            if (loss is not ChosenNllLoss) comparison.RewardsAndMetrics(policy, output);
            compared++;
        }
        Assert.Equal((Rows - WeightedByVocabulary, WeightedByVocabulary), (compared, skipped));
    }

    // Recorded rows are [chosen; rejected], a number for each token but the first.
    private static TokenLogProbs Tokens(JsonElement perToken, JsonElement masks)
    {
        var pairs = perToken.GetArrayLength() / 2;
        int[] order = [.. Enumerable.Range(0, pairs).SelectMany(i => new[] { i, pairs + i })];
        float[][] rows = [.. order.Select(i => perToken[i].EnumerateArray().Where((_, t) => masks[i][t + 1].GetInt32() == 1).Select(v => v.GetSingle()).ToArray())];
        long[] ids = [.. rows.SelectMany((row, sequence) => Enumerable.Repeat((long)sequence, row.Length))];
        return new TokenLogProbs(tensor(rows.SelectMany(v => v).ToArray()), tensor(ids), [.. rows.Select(row => row.Length)]);
    }
}
