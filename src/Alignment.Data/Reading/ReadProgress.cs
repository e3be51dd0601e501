namespace Alignment.Data;

/// <summary>How far a reading is, reported once for each row group or block of lines.</summary>
/// <param name="Path">The file that is read.</param>
/// <param name="FileNumber">Its number, from 1.</param>
/// <param name="FileCount">How many files there are.</param>
/// <param name="Counts">Rows and records of all files so far.</param>
public sealed record ReadProgress(string Path, int FileNumber, int FileCount, ReadCounts Counts);
