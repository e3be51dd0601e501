namespace Alignment.Training;

/// <summary>A run is over and the model stays as it is.</summary>
public sealed record RunEnded : RunEvent
{
    /// <summary>Why.</summary>
    public required RunEnd Reason { get; init; }

    /// <summary>The step of the best evaluation; null where nothing was evaluated.</summary>
    public int? BestStep { get; init; }

    /// <summary>Time in training and evaluation, over all parts of a run that was resumed.</summary>
    public required TimeSpan Elapsed { get; init; }
}
