namespace Alignment.Training;

/// <summary>What the models of a run hold in memory, part by part, before its first step.</summary>
public sealed record ModelPartsTold : RunEvent
{
    /// <summary>The parts; what two of them share counts for the first alone.</summary>
    public required IReadOnlyList<ModelPart> Parts { get; init; }

    /// <summary>All parts together, in bytes.</summary>
    public long Bytes => Parts.Sum(part => part.Bytes);
}
