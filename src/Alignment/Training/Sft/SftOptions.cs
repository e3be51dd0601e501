namespace Alignment.Training;

/// <summary>Supervised fine-tuning: what a run needs beside model and data.</summary>
public sealed record SftOptions
{
    /// <summary>The learning rate used where <see cref="OptimizerOptions.LearningRate"/> is null.</summary>
    public const double UsualLearningRate = 2e-5;

    /// <summary>Length and batches of the run.</summary>
    public RunOptions Run { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>AdamW and its learning rate.</summary>
    public OptimizerOptions Optimizer { get; init => field = Ensure.NotNull(value); } = new();
}
