using System.Text.Json;
using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.GoldenLosses;

/// <summary>Holds results against one recorded row. Where the recorded number is not finite, ours has to be.</summary>
internal sealed class RowComparison(JsonElement row, double tolerance)
{
    // TRL takes the two logarithms of the label smoothing of exo_pair in float32, whatever the type of the rest: wrong by up to half a unit
    // in the last place of ln 1e-3 = -6.9, 2.4e-7. Ours are exact.
    private const double ExoTolerance = 5e-7;

    private double[]? _perPair;

    private double Tolerance { get; } = RecordedPairLoss.Name(row).StartsWith("exo_pair", StringComparison.Ordinal) ? Math.Max(tolerance, ExoTolerance) : tolerance;

    /// <summary>Whether any recorded number was not finite.</summary>
    public bool RecordedOverflow { get; private set; }

    public void Loss(Tensor mean) => Compare("loss", [RecordedPairs.Double(row.GetProperty("loss"))], TensorAssert.Doubles(mean));

    public void PerPair(Tensor actual)
    {
        _perPair = RecordedPairs.Doubles(row.GetProperty("per_pair_loss"));
        Compare("per_pair_loss", _perPair, TensorAssert.Doubles(actual));
    }

    /// <summary>A gradient; what TRL gives for a pair whose loss it could not represent is no reference.</summary>
    /// <param name="name">Its name in the row.</param>
    /// <param name="actual">Ours.</param>
    /// <param name="sortedBy">
    /// What a sorting loss sorts. Which of two equal entries comes first is free (TRL's sort is not stable), so gradients are compared in the
    /// order of size among equal entries.
    /// </param>
    public void Gradient(string name, Tensor actual, Tensor? sortedBy = null)
    {
        var (expected, ours) = (RecordedPairs.Doubles(row.GetProperty(name)), TensorAssert.Doubles(actual));
        for (var i = 0; i < expected.Length; i++)
            if (_perPair is not null && !double.IsFinite(_perPair[i])) expected[i] = double.NaN;
        if (sortedBy is not null) (expected, ours) = (Sorted(expected, TensorAssert.Doubles(sortedBy)), Sorted(ours, TensorAssert.Doubles(sortedBy)));
        Compare(name, expected, ours);
    }

    private static double[] Sorted(double[] values, double[] keys) =>
        [.. Enumerable.Range(0, values.Length).OrderBy(i => keys[i]).ThenBy(i => values[i]).Select(i => values[i])];

    public void RewardsAndMetrics(PairLogProbs policy, PairLossOutput output)
    {
        var (chosen, rejected) = (TensorAssert.Doubles(output.ChosenRewards), TensorAssert.Doubles(output.RejectedRewards));
        if (row.TryGetProperty("per_pair_chosen_reward", out var recorded)) Compare("chosen rewards", RecordedPairs.Doubles(recorded), chosen);
        if (row.TryGetProperty("per_pair_rejected_reward", out recorded)) Compare("rejected rewards", RecordedPairs.Doubles(recorded), rejected);
        if (!row.TryGetProperty("metrics", out var metrics)) return;
        // Means are taken in the recorded type: at rewards of ±1000 the order of rounding shows in float32.
        var ours = new Dictionary<string, Tensor>
        {
            ["rewards/chosen"] = output.ChosenRewards.mean(),
            ["rewards/rejected"] = output.RejectedRewards.mean(),
            ["rewards/margins"] = (output.ChosenRewards - output.RejectedRewards).mean(),
            ["rewards/accuracies"] = output.ChosenRewards.gt(output.RejectedRewards).to(ScalarType.Float64).mean(),
            ["logps/chosen"] = policy.Chosen.detach().mean(),
            ["logps/rejected"] = policy.Rejected.detach().mean(),
        };
        // Entropy, logits, token accuracy and the token count are no business of a loss.
        foreach (var metric in metrics.EnumerateObject().Where(metric => ours.ContainsKey(metric.Name)))
        {
            // TRL counts accuracies in float32 even where all else is float64.
            var allowed = metric.Name == "rewards/accuracies" ? Math.Max(Tolerance, 1e-7) : Tolerance;
            Near.Equal(metric.Value.GetDouble(), TensorAssert.Doubles(ours[metric.Name])[0], allowed);
        }
    }

    public void TokenGradient(double[] expected, Tensor actual) => Compare("grad_per_token", expected, TensorAssert.Doubles(actual));

    private void Compare(string what, double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Clamp(expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max(), 1e-4, 1);   // small gradients are held to their own size, down to where they cancel
        for (var i = 0; i < expected.Length; i++)
        {
            if (double.IsFinite(expected[i]))
            {
                var allowed = Tolerance * Math.Max(scale, Math.Abs(expected[i]));
                Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, $"{RecordedPairLoss.Name(row)}, {what} {i}: expected {expected[i]:R}, got {actual[i]:R}, allowed {allowed:R} apart.");
                continue;
            }
            RecordedOverflow = true;
            Assert.True(double.IsFinite(actual[i]), $"{RecordedPairLoss.Name(row)}, {what} {i}: got {actual[i]:R}, which must be finite.");
        }
    }
}
