using Alignment.Training;

namespace Alignment.Evaluation;

/// <summary>Numbers of an evaluation on single responses, by the names that TRL logs them under.</summary>
public static class UnpairedMetrics
{
    /// <summary>Means over responses of each kind, and where they come from several sources, the loss of each.</summary>
    /// <remarks>
    /// <c>eval/rewards/auc</c> is the probability that a desirable response has the larger reward than an undesirable one, ties counting half
    /// (Mann and Whitney 1947): the accuracy of pairs where there are none. NaN where a kind is missing.
    /// </remarks>
    /// <param name="responses">What the policy makes of each response; at least one.</param>
    public static IReadOnlyList<Metric> Of(IReadOnlyList<UnpairedOutcome> responses)
    {
        ArgumentNullException.ThrowIfNull(responses);
        if (responses.Count == 0) throw new ArgumentException("Metrics need at least one response.", nameof(responses));
        var (good, bad) = (responses.Where(row => row.IsDesirable).ToList(), responses.Where(row => !row.IsDesirable).ToList());
        return
        [
            new("eval/loss", responses.Average(row => row.Loss)),
            new("eval/kl", responses.Average(row => row.Kl)),
            new("eval/rewards/chosen", Mean(good, row => row.Reward)),
            new("eval/rewards/rejected", Mean(bad, row => row.Reward)),
            new("eval/rewards/margins", Mean(good, row => row.Reward) - Mean(bad, row => row.Reward)),
            new("eval/rewards/auc", Auc(good, bad)),
            new("eval/logps/chosen", Mean(good, row => row.LogProb)),
            new("eval/logps/rejected", Mean(bad, row => row.LogProb)),
            new("eval/logps/chosen_gain", Mean(good, row => row.Gain)),
            new("eval/logps/rejected_gain", Mean(bad, row => row.Gain)),
            new("eval/length/chosen", Mean(good, row => row.Length)),
            new("eval/length/rejected", Mean(bad, row => row.Length)),
            .. BySource.Of(responses, row => row.Source, own => [new("loss", own.Average(row => row.Loss))]),
        ];
    }

    private static double Mean(List<UnpairedOutcome> rows, Func<UnpairedOutcome, double> number) => rows.Count == 0 ? double.NaN : rows.Average(number);

    private static double Auc(List<UnpairedOutcome> good, List<UnpairedOutcome> bad)
    {
        if (good.Count == 0 || bad.Count == 0) return double.NaN;
        var others = bad.Select(row => row.Reward).Order().ToArray();
        return good.Average(row => (Below(others, row.Reward) + Below(others, Math.BitIncrement(row.Reward))) / (2.0 * others.Length));
    }

    // How many of rising numbers are smaller.
    private static int Below(double[] rising, double value)
    {
        var (low, high) = (0, rising.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rising[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
