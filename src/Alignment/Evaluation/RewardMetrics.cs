using Alignment.Training;

namespace Alignment.Evaluation;

/// <summary>Numbers of an evaluation of a reward model on pairs.</summary>
public static class RewardMetrics
{
    private const int Bins = 10;

    /// <summary>Means over pairs, the accuracy with its 95 % interval, calibration, and where pairs come from several sources, loss and accuracy of each.</summary>
    /// <remarks>
    /// <c>eval/calibration_error</c> is the expected calibration error (Naeini et al. 2015; Guo et al. 2017, arXiv 1706.04599) over 10 bins of equal
    /// width between 1/2 and 1: a margin m claims to be right with probability σ(|m|), and the share that is right should be that.
    /// <c>eval/accuracy_longer_is_worse</c> is the accuracy where the longer response is the rejected one: what is left when length does not help.
    /// </remarks>
    /// <param name="pairs">What the model makes of each pair; at least one.</param>
    public static IReadOnlyList<Metric> Of(IReadOnlyList<RewardOutcome> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0) throw new ArgumentException("Metrics need at least one pair.", nameof(pairs));
        var accuracy = Accuracy(pairs);
        var (low, high) = accuracy.Interval;
        var rewards = pairs.SelectMany(pair => new[] { pair.Chosen, pair.Rejected }).ToList();
        var longerIsWorse = pairs.Where(pair => pair.RejectedLength > pair.ChosenLength).ToList();
        return
        [
            new("eval/loss", pairs.Average(pair => pair.Loss)),
            new("eval/accuracy", accuracy.Value),
            new("eval/accuracy_low", low),
            new("eval/accuracy_high", high),
            new("eval/margin", pairs.Average(pair => pair.Chosen - pair.Rejected)),
            new("eval/mean_reward", rewards.Average()),
            new("eval/min_reward", rewards.Min()),
            new("eval/max_reward", rewards.Max()),
            new("eval/calibration_error", CalibrationError(pairs)),
            new("eval/accuracy_longer_is_worse", longerIsWorse.Count == 0 ? double.NaN : Accuracy(longerIsWorse).Value),
            new("eval/length/chosen", pairs.Average(pair => pair.ChosenLength)),
            new("eval/length/rejected", pairs.Average(pair => pair.RejectedLength)),
            .. BySource.Of(pairs, pair => pair.Source, own => [new("loss", own.Average(pair => pair.Loss)), new("accuracy", Accuracy(own).Value)]),
        ];
    }

    private static Proportion Accuracy(IReadOnlyList<RewardOutcome> pairs) => new(pairs.Count(pair => pair.Chosen > pair.Rejected), pairs.Count);

    // Σ over bins of n_bin / n |accuracy - mean confidence|; a tie is half right, as its confidence of 1/2 says.
    private static double CalibrationError(IReadOnlyList<RewardOutcome> pairs) => pairs
        .Select(pair => pair.Chosen - pair.Rejected)
        .Select(margin => (Confidence: 1 / (1 + Math.Exp(-Math.Abs(margin))), Right: margin > 0 ? 1 : margin == 0 ? 0.5 : 0))
        .GroupBy(pair => Math.Min(Bins - 1, (int)((pair.Confidence - 0.5) * 2 * Bins)))
        .Sum(bin => bin.Count() / (double)pairs.Count * Math.Abs(bin.Average(pair => pair.Right) - bin.Average(pair => pair.Confidence)));
}
