namespace Alignment.Training;

/// <summary>What one optimizer step did.</summary>
/// <param name="GradientNorm">Global norm of the gradients before clipping.</param>
/// <param name="LearningRate">The rate of this step.</param>
public readonly record struct OptimizerUpdate(double GradientNorm, double LearningRate);
