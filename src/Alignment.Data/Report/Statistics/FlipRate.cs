using Alignment.Evaluation;

namespace Alignment.Data.Reports;

/// <summary>The share of flipped labels that a share of disagreements tells of.</summary>
/// <remarks>
/// Two independent judgements, each flipped with probability e, disagree with probability d = 2 e (1 - e), so that
/// e = (1 - √(1 - 2 d)) / 2. A row that was merely copied agrees with itself, so that e is too low where rows were.
/// </remarks>
internal static class FlipRate
{
    public static double Of(double disagreement) => (1 - Math.Sqrt(Math.Max(0, 1 - 2 * disagreement))) / 2;

    /// <summary>The rate with the interval that Wilson's interval of d is mapped to.</summary>
    /// <param name="disagreements">Pairs of judgements that disagree.</param>
    /// <param name="pairs">All pairs of judgements of the same two responses; greater than 0.</param>
    public static (double Rate, double Low, double High) Of(double disagreements, double pairs)
    {
        var (low, high) = Wilson.Interval(disagreements / pairs, pairs);
        return (Of(disagreements / pairs), Of(low), Of(high));
    }
}
