using Alignment.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.GoldenLosses;

/// <summary>TRL's supervised loss on its recorded log-probabilities. (Its rows of type "dft" are another method, which is not here.)</summary>
public sealed class SupervisedLossGoldenTests
{
    [Fact]
    public void Recorded_losses_match()
    {
        using var scope = NewDisposeScope();
        using var loss = new SupervisedLoss();
        var file = Golden.Json("losses", "whole_model.json");
        var labels = file.GetProperty("sft_labels").EnumerateArray().Select(row => row.EnumerateArray().Select(id => id.GetInt32()).ToArray()).ToArray();
        var rows = file.GetProperty("policy_per_token_logps").EnumerateArray().Take(labels.Length).Select(RecordedNumbers.Doubles).ToArray();
        // The log-probability at place t is that of token t + 1.
        var kept = rows.Zip(labels, (row, label) => row.Where((_, t) => label[t + 1] >= 0).Select(v => (float)v).ToArray()).ToArray();
        var ids = kept.SelectMany((row, sequence) => row.Select(_ => (long)sequence)).ToArray();
        var logProbs = new TokenLogProbs(tensor(kept.SelectMany(row => row).ToArray()), tensor(ids), [.. kept.Select(row => row.Length)]);

        var perToken = loss.call(logProbs, ids.Length).sum().ToDouble();

        var recorded = file.GetProperty("sft").EnumerateArray().Where(row => row.GetProperty("loss_type").GetString() == "nll").ToArray();
        Assert.Equal(2, recorded.Length);
        RecordedNumbers.Near(recorded[0].GetProperty("loss").GetDouble(), perToken, 1e-5, "mean over the tokens of the batch");
        // The second row divides 15 tokens by 11, which no step can have: here that is refused, so its number is reached by a factor.
        var claimed = recorded[1].GetProperty("num_items_in_batch").GetInt32();
        RecordedNumbers.Near(recorded[1].GetProperty("loss").GetDouble(), perToken * ids.Length / claimed, 1e-5, "divided by a given number");
        Assert.Throws<ArgumentOutOfRangeException>(() => loss.call(logProbs, claimed));
    }
}
