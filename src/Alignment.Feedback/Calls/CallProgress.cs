namespace Alignment.Feedback;

/// <summary>How far <see cref="CallPipeline.MapAsync"/> is.</summary>
/// <param name="Done">Rows that are done, failed ones included.</param>
/// <param name="Failed">Rows that failed.</param>
/// <param name="Rows">All rows.</param>
/// <param name="Totals">What the pipeline's calls took so far.</param>
public readonly record struct CallProgress(int Done, int Failed, int Rows, CallTotals Totals);
