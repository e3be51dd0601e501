namespace Alignment;

/// <summary>What every record of a data set has: a prompt, and optionally a name and an origin.</summary>
/// <remarks>Splitting, mixing, shuffling and deduplication work on any record by this interface.</remarks>
public interface IPromptRecord
{
    /// <summary>What the record's responses answer.</summary>
    Transcript Prompt { get; }

    /// <summary>The row's own name in its data set, or null.</summary>
    string? Id { get; }

    /// <summary>The data set or file that the row comes from, or null; metrics are broken down by it.</summary>
    string? Source { get; }
}
