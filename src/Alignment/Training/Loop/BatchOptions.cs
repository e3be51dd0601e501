namespace Alignment.Training;

/// <summary>How rows are put together to batches, beyond their number.</summary>
public sealed record BatchOptions
{
    /// <summary>Tokens that go through the model at once, as many rows as they give; a prompt that two responses share counts once.</summary>
    /// <value>The default is null: batches have <see cref="RunOptions.BatchSize"/> rows. At least 1; a row with more is an error that names it.</value>
    public int? TokensPerBatch { get; init => field = value is int v ? Ensure.AtLeast(v, 1) : null; }

    /// <summary>Whether rows of similar length share a batch. The order of batches stays random.</summary>
    /// <remarks>
    /// The flat layout has no padding but in attention, so that this saves less than elsewhere: it evens out the memory and time of batches.
    /// Rows are sorted within groups of 50 steps, as transformers does.
    /// </remarks>
    /// <value>The default is false.</value>
    public bool GroupByLength { get; init; }

    /// <summary>Whether the batch with most tokens goes forward and backward before the first step, so that a run that does not fit fails at once.</summary>
    /// <value>The default is true.</value>
    public bool TriesLongestFirst { get; init; } = true;
}
