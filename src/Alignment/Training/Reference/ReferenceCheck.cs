using System.Globalization;

namespace Alignment.Training;

/// <summary>Before the first step, policy and reference must be the same: another start means another reference than was meant, or a stale cache.</summary>
internal static class ReferenceCheck
{
    // Two passes of one model differ by rounding alone: by 1e-5 nats for hundreds of tokens in float32, and by up to a few tenths in bfloat16
    // where cached numbers come from other batches.
    private const double MostNats = 0.5;

    /// <summary>Throws where a log-probability is off.</summary>
    /// <param name="gains">Absolute log-ratios in nats.</param>
    /// <param name="placeOf">Where the row of a log-ratio stands in the data.</param>
    /// <param name="what">What a row is.</param>
    public static void Require(IReadOnlyList<double> gains, Func<int, int> placeOf, string what)
    {
        var worst = Enumerable.Range(0, gains.Count).MaxBy(i => gains[i]);
        if (!(gains[worst] > MostNats)) return;   // a NaN is found, and its layer named, by the step itself
        throw new TrainingException(string.Create(CultureInfo.InvariantCulture,
            $"Policy and reference must agree before the first step; for {what} {placeOf(worst)} of the data they differ by {gains[worst]:G4} nats. ")
            + "The reference should be the model that training starts from: the base under new adapters, or a frozen copy. "
            + "Where another reference is meant, set Run.SelfChecks to false.");
    }
}
