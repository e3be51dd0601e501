using Alignment.Training;

namespace Alignment.Samples;

/// <summary>What a run measured in the end, and whether it is good enough.</summary>
internal static class Results
{
    public static double Measured(this RunResult result, string name) => result.LastEvaluation!.Metrics.Single(metric => metric.Name == name).Value;

    /// <summary>Tells an accuracy and whether it is as high as was asked for.</summary>
    public static bool IsAccurate(this RunResult result, string name, double least) =>
        IsAccurate(result.Measured(name), (result.Measured($"{name}_low"), result.Measured($"{name}_high")), least);

    /// <inheritdoc cref="IsAccurate(RunResult, string, double)"/>
    public static bool IsAccurate(double accuracy, (double Low, double High) interval, double least) => Screen.Verdict(accuracy >= least,
        $"Held-out accuracy {accuracy:P1}, 95 % interval {interval.Low:P1} to {interval.High:P1}; asked for: {least:P0}");
}
