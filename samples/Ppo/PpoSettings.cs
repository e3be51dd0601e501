using System.ComponentModel;

namespace Alignment.Samples;

/// <summary>What samples/Ppo can be told.</summary>
[Description("All of RLHF: fine-tuning, a reward model from pairs of answers, and PPO against it.")]
internal sealed class PpoSettings() : TrainingSettings("ppo")
{
    [Description("Folder of a reward model, such as samples/RewardModel writes; without it one is trained from the pairs")]
    public string? RewardModel { get; init; }

    [Description("Iterations: prompts are answered, the answers scored and learnt from")]
    public int Iterations { get; init; } = 20;

    [Description("Prompts of an iteration")]
    public int Prompts { get; init; } = 32;

    [Description("What a nat of divergence from the fine-tuned model costs")]
    public double KlCoefficient { get; init; } = 0.05;

    [Description("Divergence that is still good enough, in nats an answer")]
    public double MaxKl { get; init; } = 20;
}
