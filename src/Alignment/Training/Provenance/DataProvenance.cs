namespace Alignment.Training;

/// <summary>Rows that a run read: where they come from and which exactly they were.</summary>
/// <param name="Name">What they were for, such as <c>training</c> or <c>evaluation</c>.</param>
public sealed record DataProvenance(string Name)
{
    /// <summary>Where they come from: a data set of the Hub such as <c>trl-lib/ultrafeedback_binarized</c>, or a file.</summary>
    /// <value>The default is null: not known.</value>
    public string? Source { get; init; }

    /// <summary>The rows as the model saw them.</summary>
    /// <value>The default is null: not known.</value>
    public DataFingerprint? Rows { get; init; }

    /// <summary>The files they were read from.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<HashedFile> Files { get; init => field = Ensure.NotNull(value); } = [];
}
