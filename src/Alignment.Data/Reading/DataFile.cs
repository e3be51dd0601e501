namespace Alignment.Data;

/// <summary>What was found in a data file before its first row was read.</summary>
public sealed record DataFile
{
    internal DataFile() { }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>How it is stored, by its first bytes.</summary>
    public required DataFileFormat Format { get; init; }

    /// <summary>Which shape its rows have, in words, for example <c>prompt and two responses</c>.</summary>
    public required string Shape { get; init; }

    /// <summary>The columns that are read: our name, for example <c>response</c>, to the file's, for example <c>completion</c>.</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    /// <summary>What is not read: names of columns, and of parts of messages such as <c>messages.name</c>.</summary>
    public required IReadOnlyList<string> Ignored { get; init; }

    /// <summary>How many rows the file says it has; null for JSON lines, whose rows are known when they have been read.</summary>
    public required long? Rows { get; init; }
}
