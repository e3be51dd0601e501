using Alignment.Losses;

namespace Alignment.Training;

/// <summary>Training of a reward model: what a run needs beside model and data.</summary>
public sealed record RewardOptions
{
    /// <summary>The learning rate used where <see cref="OptimizerOptions.LearningRate"/> is null.</summary>
    public const double UsualLearningRate = 1e-5;

    /// <summary>The loss with its own settings.</summary>
    /// <value>The default is <see cref="BradleyTerryLoss"/> without centering. Margins of the pairs are used where they have some.</value>
    public RewardLoss Loss { get; init => field = Ensure.NotNull(value); } = new BradleyTerryLoss();

    /// <summary>Length and batches of the run.</summary>
    public RunOptions Run { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>AdamW and its learning rate.</summary>
    public OptimizerOptions Optimizer { get; init => field = Ensure.NotNull(value); } = new();
}
