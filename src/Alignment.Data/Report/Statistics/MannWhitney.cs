namespace Alignment.Data.Reports;

/// <summary>How often a value of one group exceeds a value of another, ties counted half: the area under the ROC curve.</summary>
/// <remarks>Mann and Whitney 1947; the standard error by Hanley and McNeil 1982, "The meaning and use of the area under a ROC curve", eq. 1.</remarks>
internal static class MannWhitney
{
    /// <summary>The area with its 95 % interval, or null where a group is empty.</summary>
    public static (double Auc, double Low, double High)? Auc(LengthCounter positive, LengthCounter negative)
    {
        if (positive.Count == 0 || negative.Count == 0) return null;
        var below = negative.Sorted;
        var (wins, i, fewer) = (0.0, 0, 0L);
        foreach (var (value, count) in positive.Sorted)
        {
            while (i < below.Count && below[i].Key < value) fewer += below[i++].Value;
            var equal = i < below.Count && below[i].Key == value ? below[i].Value : 0;
            wins += count * (fewer + equal / 2.0);
        }
        var auc = wins / positive.Count / negative.Count;
        var half = 1.959963984540054 * StandardError(auc, positive.Count, negative.Count);
        return (auc, Math.Max(0, auc - half), Math.Min(1, auc + half));
    }

    private static double StandardError(double auc, double positives, double negatives)
    {
        var q1 = auc / (2 - auc);
        var q2 = 2 * auc * auc / (1 + auc);
        var variance = auc * (1 - auc) + (positives - 1) * (q1 - auc * auc) + (negatives - 1) * (q2 - auc * auc);
        return Math.Sqrt(Math.Max(0, variance) / positives / negatives);
    }
}
