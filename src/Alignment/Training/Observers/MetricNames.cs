namespace Alignment.Training;

/// <summary>Names of metrics that observers treat in a way of their own; see <see cref="TrainingStep.Metrics"/>.</summary>
internal static class MetricNames
{
    public const string Loss = "loss";
    public const string Epoch = "epoch";
    public const string LearningRate = "learning_rate";
    public const string GradientNorm = "grad_norm";
    public const string Tokens = "num_tokens";
    public const string TokensPerSecond = "tokens_per_second";
    public const string EvaluationPrefix = "eval/";
    public const string SourcePrefix = "eval/by_source/";

    /// <summary>Whether a number is about time, so that it differs between two runs that are the same otherwise.</summary>
    public static bool IsTime(string name) => name.EndsWith("_per_second", StringComparison.Ordinal) || name.EndsWith("_seconds", StringComparison.Ordinal);
}
