using System.ComponentModel;

namespace Alignment.Samples;

/// <summary>What samples/Kto can be told.</summary>
[Description("Kahneman-Tversky Optimization: single answers, each liked or not, in; a model that gives those that are liked out.")]
internal sealed class KtoSettings : TrainingSettings
{
    public KtoSettings() : base("kto") => BatchSize = 16;   // its estimate of the KL is taken over the rows of a step

    [Description("Pull towards the reference, per nat")]
    public double Beta { get; init; } = 0.1;

    [Description("Held-out accuracy that is good enough; of rows that are no pairs, area under the curve")]
    public double MinAccuracy { get; init; } = 0.9;
}
