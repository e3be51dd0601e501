namespace Alignment.Data;

/// <summary>What a reader does with a row that can't become a record.</summary>
public enum BadRows
{
    /// <summary>The reading ends with a <see cref="DataFormatException"/> that names file, row group, row and column.</summary>
    Fail,

    /// <summary>The row is left out and counted by cause in <see cref="ReadCounts.Skipped"/>.</summary>
    Skip,
}
