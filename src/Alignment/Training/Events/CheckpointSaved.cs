namespace Alignment.Training;

/// <summary>A checkpoint is on the disk in full.</summary>
public sealed record CheckpointSaved : RunEvent
{
    /// <summary>Its folder.</summary>
    public required string Folder { get; init; }
}
