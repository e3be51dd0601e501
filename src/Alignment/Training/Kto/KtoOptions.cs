using Alignment.Losses;

namespace Alignment.Training;

/// <summary>Kahneman-Tversky Optimization: what a run needs beside policy, reference and data.</summary>
public sealed record KtoOptions
{
    /// <summary>The learning rate used where <see cref="OptimizerOptions.LearningRate"/> is null.</summary>
    public const double UsualLearningRate = 5e-7;

    /// <summary>The loss with its own settings.</summary>
    /// <value>The default is <see cref="KtoLoss"/> with β = 0.1 and equal weights.</value>
    public UnpairedLoss Loss { get; init => field = Ensure.NotNull(value); } = new KtoLoss();

    /// <summary>Length and batches of the run.</summary>
    public RunOptions Run { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>AdamW and its learning rate.</summary>
    public OptimizerOptions Optimizer { get; init => field = Ensure.NotNull(value); } = new();
}
