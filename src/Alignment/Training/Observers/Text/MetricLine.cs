using System.Globalization;
using System.Text;

namespace Alignment.Training;

/// <summary>Numbers of a step as a line for people: <c>step 120/500  loss 0.6231  rewards/margins 0.1820</c>.</summary>
public static class MetricLine
{
    private const int NumberWidth = 9;

    /// <summary>Writes a step, or the means over some. Lines of one run are aligned.</summary>
    /// <param name="line">The numbers; see <see cref="StepMeans"/>.</param>
    /// <param name="totalSteps">Optimizer steps of the whole run.</param>
    public static string Of(StepMetrics line, int totalSteps)
    {
        ArgumentNullException.ThrowIfNull(line);
        return Of(line.Metrics, line.Step, totalSteps);
    }

    /// <summary>Writes an evaluation.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="totalSteps">Optimizer steps of the whole run.</param>
    public static string Of(EvaluationDone evaluation, int totalSteps)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return Of(evaluation.Metrics, evaluation.Step, totalSteps) + (evaluation.IsBest ? "  (best)" : "");
    }

    /// <summary>Writes a number with four significant digits, in the invariant culture: 0.6231, 12.50, 5e-07.</summary>
    /// <param name="value">The number.</param>
    public static string Number(double value)
    {
        var size = Math.Abs(value);
        if (value == 0 || !double.IsFinite(value)) return value.ToString(CultureInfo.InvariantCulture);
        if (size is < 1e-4 or >= 1e6) return value.ToString("0.###e+00", CultureInfo.InvariantCulture);
        var decimals = Math.Clamp(3 - (int)Math.Floor(Math.Log10(size)), 0, 4);
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string Of(IReadOnlyList<Metric> metrics, int step, int totalSteps)
    {
        var total = totalSteps.ToString(CultureInfo.InvariantCulture);
        var line = new StringBuilder("step ").Append(step.ToString(CultureInfo.InvariantCulture).PadLeft(total.Length)).Append('/').Append(total);
        foreach (var (name, value) in metrics)
            if (name != MetricNames.Tokens) line.Append("  ").Append(name).Append(' ').Append(Number(value).PadRight(NumberWidth));
        return line.ToString().TrimEnd();
    }
}
