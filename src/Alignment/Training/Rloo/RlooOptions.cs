using Alignment.Losses;

namespace Alignment.Training;

/// <summary>REINFORCE Leave-One-Out: what a run needs beside models and prompts.</summary>
/// <remarks>A step of <see cref="Run"/> is an iteration: its rows are prompts, each answered <see cref="RolloutOptions.SamplesPerPrompt"/> times.</remarks>
public sealed record RlooOptions
{
    /// <summary>The learning rate used where <see cref="OptimizerOptions.LearningRate"/> is null.</summary>
    public const double UsualLearningRate = 1e-6;

    /// <summary>How responses are sampled.</summary>
    /// <value>By default four to a prompt, at a temperature of 1.</value>
    public RolloutOptions Rollout { get; init => field = Ensure.NotNull(value); } = new() { SamplesPerPrompt = 4 };

    /// <summary>What is made of scores.</summary>
    public ScoreOptions Scores { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>What divergence from the reference costs, in the reward of a response.</summary>
    public KlOptions Kl { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Loss of the policy on the ratio of a whole response. At ratio 1 its gradient is that of REINFORCE.</summary>
    public PpoPolicyLoss PolicyLoss { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Passes and parts of an iteration.</summary>
    /// <value>By default one pass.</value>
    public UpdateOptions Update { get; init => field = Ensure.NotNull(value); } = new() { Epochs = 1 };

    /// <summary>Signs of a gamed reward, and what follows.</summary>
    public RewardWatchOptions Watch { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Length and batches of the run.</summary>
    public RunOptions Run { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>AdamW and its learning rate.</summary>
    /// <value>By default with ε = 1e-5.</value>
    public OptimizerOptions Optimizer { get; init => field = Ensure.NotNull(value); } = new() { Epsilon = 1e-5 };
}
