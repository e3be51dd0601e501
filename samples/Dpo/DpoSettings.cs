using System.ComponentModel;

namespace Alignment.Samples;

/// <summary>What samples/Dpo can be told.</summary>
[Description("Direct Preference Optimization: pairs of answers in, a model that prefers the better ones out.")]
internal sealed class DpoSettings() : TrainingSettings("dpo")
{
    [Description("Pull towards the reference, per nat")]
    public double Beta { get; init; } = 0.1;

    [Description("Trains an adapter of this rank and not the model; the reference is then the model without it")]
    public int? Lora { get; init; }

    [Description("Keeps the log-probabilities of the reference in this Parquet file, which is written where there is none, and no second model in memory")]
    public string? CachedReference { get; init; }

    [Description("Held-out accuracy that is good enough")]
    public double MinAccuracy { get; init; } = 0.9;
}
