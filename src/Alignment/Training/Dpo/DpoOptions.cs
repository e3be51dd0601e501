using Alignment.Losses;

namespace Alignment.Training;

/// <summary>Direct Preference Optimization: what a run needs beside policy, reference and data.</summary>
public sealed record DpoOptions
{
    /// <summary>The learning rate used where <see cref="OptimizerOptions.LearningRate"/> is null.</summary>
    public const double UsualLearningRate = 5e-7;

    /// <summary>The loss with its own settings.</summary>
    /// <value>The default is <see cref="DpoLoss"/> with β = 0.1.</value>
    public PairLoss Loss { get; init => field = Ensure.NotNull(value); } = new DpoLoss();

    /// <summary>Whether the reference follows the policy (TR-DPO). It must be a frozen model.</summary>
    /// <value>The default is null: it stays.</value>
    public ReferenceSyncOptions? ReferenceSync { get; init; }

    /// <summary>Length and batches of the run.</summary>
    public RunOptions Run { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>AdamW and its learning rate.</summary>
    public OptimizerOptions Optimizer { get; init => field = Ensure.NotNull(value); } = new();
}
