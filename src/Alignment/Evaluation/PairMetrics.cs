using Alignment.Training;

namespace Alignment.Evaluation;

/// <summary>Numbers of an evaluation on pairs, by the names that TRL logs them under.</summary>
public static class PairMetrics
{
    /// <summary>Means over pairs, the accuracy with its 95 % interval, and where pairs come from several sources, loss and accuracy of each.</summary>
    /// <remarks>
    /// <c>eval/logps/*_gain</c> is the drift of log-probabilities from the reference in nats; <c>eval/longer_wins</c> the share of pairs whose longer
    /// response has the larger reward, among pairs of unequal length: what a policy that only likes length would show.
    /// </remarks>
    /// <param name="pairs">What the policy makes of each pair; at least one.</param>
    public static IReadOnlyList<Metric> Of(IReadOnlyList<PairOutcome> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0) throw new ArgumentException("Metrics need at least one pair.", nameof(pairs));
        var accuracy = Accuracy(pairs);
        var (low, high) = accuracy.Interval;
        var unequal = pairs.Where(pair => pair.ChosenLength != pair.RejectedLength).ToList();
        return
        [
            new("eval/loss", pairs.Average(pair => pair.Loss)),
            new("eval/rewards/chosen", pairs.Average(pair => pair.ChosenReward)),
            new("eval/rewards/rejected", pairs.Average(pair => pair.RejectedReward)),
            new("eval/rewards/accuracies", accuracy.Value),
            new("eval/rewards/accuracies_low", low),
            new("eval/rewards/accuracies_high", high),
            new("eval/rewards/margins", pairs.Average(pair => pair.ChosenReward - pair.RejectedReward)),
            new("eval/logps/chosen", pairs.Average(pair => pair.ChosenLogProb)),
            new("eval/logps/rejected", pairs.Average(pair => pair.RejectedLogProb)),
            new("eval/logps/chosen_gain", pairs.Average(pair => pair.ChosenGain)),
            new("eval/logps/rejected_gain", pairs.Average(pair => pair.RejectedGain)),
            new("eval/length/chosen", pairs.Average(pair => pair.ChosenLength)),
            new("eval/length/rejected", pairs.Average(pair => pair.RejectedLength)),
            new("eval/longer_wins", unequal.Count == 0 ? double.NaN : unequal.Average(LongerWins)),
            .. BySource.Of(pairs, pair => pair.Source, own => [new("loss", own.Average(pair => pair.Loss)), new("rewards/accuracies", Accuracy(own).Value)]),
        ];
    }

    private static Proportion Accuracy(IReadOnlyList<PairOutcome> pairs) => new(pairs.Count(pair => pair.ChosenReward > pair.RejectedReward), pairs.Count);

    private static double LongerWins(PairOutcome pair) => pair.ChosenReward > pair.RejectedReward == pair.ChosenLength > pair.RejectedLength ? 1 : 0;
}
