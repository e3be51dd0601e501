namespace Alignment.Training;

/// <summary>The numbers of a step, or the means over the steps up to it.</summary>
/// <param name="Step">The step, or the last of them.</param>
/// <param name="Metrics">The numbers by their names.</param>
public sealed record StepMetrics(int Step, IReadOnlyList<Metric> Metrics);
