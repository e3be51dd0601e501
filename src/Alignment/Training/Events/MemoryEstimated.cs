namespace Alignment.Training;

/// <summary>The memory that the run will need was counted, before its longest batch is tried.</summary>
public sealed record MemoryEstimated : RunEvent
{
    /// <summary>The bytes.</summary>
    public required MemoryEstimate Estimate { get; init; }
}
