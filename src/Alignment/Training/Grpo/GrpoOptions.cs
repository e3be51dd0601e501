using Alignment.Losses;
using Alignment.Rl;

namespace Alignment.Training;

/// <summary>Group Relative Policy Optimization: what a run needs beside models and prompts.</summary>
/// <remarks>A step of <see cref="Run"/> is an iteration: its rows are prompts, each answered <see cref="RolloutOptions.SamplesPerPrompt"/> times.</remarks>
public sealed record GrpoOptions
{
    /// <summary>The learning rate used where <see cref="OptimizerOptions.LearningRate"/> is null.</summary>
    public const double UsualLearningRate = 1e-6;

    /// <summary>How responses are sampled.</summary>
    /// <value>By default eight to a prompt, at a temperature of 1.</value>
    public RolloutOptions Rollout { get; init => field = Ensure.NotNull(value); } = new() { SamplesPerPrompt = 8 };

    /// <summary>What is made of scores.</summary>
    public ScoreOptions Scores { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Weight of the divergence from the reference in the loss, β, per nat.</summary>
    /// <value>The default is 0.04, the paper's. Finite and at least 0.</value>
    public double Beta { get; init => field = Ensure.NotNegative(value); } = 0.04;

    /// <summary>How that divergence is estimated.</summary>
    /// <value>The default is <see cref="KlK3"/>.</value>
    public KlEstimator KlEstimator { get; init => field = Ensure.NotNull(value); } = new KlK3();

    /// <summary>Whether advantages are divided by the deviation of their group.</summary>
    /// <value>The default is true; false is Dr. GRPO's (arXiv 2503.20783), which does not favour prompts whose responses score alike.</value>
    public bool ScalesAdvantages { get; init; } = true;

    /// <summary>What the loss is the mean of.</summary>
    /// <value>The default is <see cref="LossMean.Responses"/>, the paper's; <see cref="LossMean.Tokens"/> is DAPO's (arXiv 2503.14476), which does not favour short responses.</value>
    public LossMean LossMean { get; init => field = Ensure.Defined(value); } = LossMean.Responses;

    /// <summary>Loss of the policy, with its clip range.</summary>
    public PpoPolicyLoss PolicyLoss { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Passes and parts of an iteration.</summary>
    /// <value>By default one pass.</value>
    public UpdateOptions Update { get; init => field = Ensure.NotNull(value); } = new() { Epochs = 1 };

    /// <summary>Signs of a gamed reward, and what follows. What a nat costs is in the loss here, so that it can't be raised.</summary>
    public RewardWatchOptions Watch { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Length and batches of the run.</summary>
    public RunOptions Run { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>AdamW and its learning rate.</summary>
    /// <value>By default with ε = 1e-5.</value>
    public OptimizerOptions Optimizer { get; init => field = Ensure.NotNull(value); } = new() { Epsilon = 1e-5 };
}
