using System.ComponentModel;

namespace Alignment.Samples;

/// <summary>What samples/RewardModel can be told.</summary>
[Description("A reward model: pairs of answers in, a model that scores answers out.")]
internal sealed class RewardModelSettings() : TrainingSettings("reward")
{
    [Description("Held-out accuracy that is good enough")]
    public double MinAccuracy { get; init; } = 0.9;
}
