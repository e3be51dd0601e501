using Alignment.Losses;
using Alignment.Rl;

namespace Alignment.Training;

/// <summary>Proximal Policy Optimization with a penalty on divergence: what a run needs beside models and prompts.</summary>
/// <remarks>
/// A step of <see cref="Run"/> is an iteration: its rows are prompts, <see cref="RunOptions.BatchSize"/> of which are answered at once, and
/// <see cref="RunOptions.RowsPerStep"/> of which make one rollout. Defaults are TRL's.
/// </remarks>
public sealed record PpoOptions
{
    /// <summary>The learning rate used where <see cref="OptimizerOptions.LearningRate"/> is null.</summary>
    public const double UsualLearningRate = 3e-6;

    /// <summary>How responses are sampled.</summary>
    /// <value>By default at a temperature of 0.7.</value>
    public RolloutOptions Rollout { get; init => field = Ensure.NotNull(value); } = new() { Temperature = 0.7 };

    /// <summary>What is made of scores.</summary>
    public ScoreOptions Scores { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>What divergence from the reference costs.</summary>
    public KlOptions Kl { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Whether rewards of tokens are scaled to variance 1 over the iteration, their mean kept.</summary>
    /// <value>The default is false.</value>
    public bool WhitensRewards { get; init; }

    /// <summary>Advantages, by γ and λ.</summary>
    /// <value>The default is γ = 1 and λ = 0.95.</value>
    public GeneralizedAdvantageEstimation Advantages { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Loss of the policy, with its clip range.</summary>
    public PpoPolicyLoss PolicyLoss { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Loss of the value model, with its clip range.</summary>
    public PpoValueLoss ValueLoss { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Weight of the value loss beside the policy's.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double ValueCoefficient { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <summary>Passes and parts of an iteration.</summary>
    public UpdateOptions Update { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Signs of a gamed reward, and what follows.</summary>
    public RewardWatchOptions Watch { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Length and batches of the run.</summary>
    public RunOptions Run { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>AdamW and its learning rate.</summary>
    /// <value>By default with ε = 1e-5.</value>
    public OptimizerOptions Optimizer { get; init => field = Ensure.NotNull(value); } = new() { Epsilon = 1e-5 };
}
