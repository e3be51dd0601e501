namespace Alignment.Training;

/// <summary>Whether, where and how often a run saves itself, so that it can go on after it was killed with the same bits.</summary>
/// <remarks>All of it may change when a run goes on.</remarks>
[FreeOnResume]
public sealed record CheckpointOptions
{
    /// <summary>Where checkpoints go, one folder each; used by one run at a time.</summary>
    /// <value>The default is null: none are written.</value>
    public string? Folder
    {
        get;
        init => field = value is not { } folder || !string.IsNullOrWhiteSpace(folder)
            ? value
            : throw new ArgumentException($"{nameof(Folder)} must be null or the path of a folder. Actual value was '{value}'.", nameof(Folder));
    }

    /// <summary>Every how many steps a checkpoint is written.</summary>
    /// <value>The default is 500. At least 1.</value>
    public int SaveSteps { get; init => field = Ensure.AtLeast(value, 1); } = 500;

    /// <summary>How many checkpoints stay. Older ones are deleted, never the one of the best evaluation and never the newest.</summary>
    /// <value>The default is 3. At least 1; null keeps all.</value>
    public int? SaveTotalLimit { get; init => field = value is int limit ? Ensure.AtLeast(limit, 1) : null; } = 3;

    /// <summary>What happens where the folder holds checkpoints already.</summary>
    /// <value>The default is <see cref="ResumeMode.Newest"/>.</value>
    public ResumeMode Resume { get; init => field = Ensure.Defined(value); } = ResumeMode.Newest;

    /// <summary>Whether the last step is saved too, as one that is interrupted always is.</summary>
    /// <value>The default is true.</value>
    public bool SavesAtEnd { get; init; } = true;
}
