using System.Globalization;

namespace Alignment.Training;

/// <summary>Warns of learning rates at which alignment is known to ruin a model.</summary>
/// <remarks>
/// Supervised fine-tuning takes 2e-5 for all weights and 2e-4 for adapters. Preference losses move the same weights by a signal of one bit a pair:
/// above a tenth of that, log-probabilities of both responses tend to collapse while the loss still falls.
/// </remarks>
internal static class LearningRateCheck
{
    private const double All = 2e-6, Adapters = 2e-5;

    /// <summary>The warning, or null where the rate is usual.</summary>
    /// <param name="rate">The highest rate of the run.</param>
    /// <param name="trained">Numbers that are trained.</param>
    /// <param name="whole">Numbers of the model.</param>
    public static string? Warning(double rate, long trained, long whole)
    {
        var (limit, what) = 2 * trained < whole ? (Adapters, "adapters") : (All, "all weights");
        return rate <= limit ? null : string.Create(CultureInfo.InvariantCulture,
            $"LearningRate {rate:0.##e-0} is above {limit:0.##e-0}, a tenth of what supervised fine-tuning of {what} takes. Alignment at such rates tends to push the log-probabilities of both responses down; watch logps/chosen.");
    }
}
