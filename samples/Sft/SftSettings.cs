using System.ComponentModel;

namespace Alignment.Samples;

/// <summary>What samples/Sft can be told.</summary>
[Description("Supervised fine-tuning: demonstrations in, a model that answers like them out.")]
internal sealed class SftSettings() : TrainingSettings("sft")
{
    [Description("Held-out loss that is good enough, in nats a token")]
    public double MaxLoss { get; init; } = 0.8;
}
