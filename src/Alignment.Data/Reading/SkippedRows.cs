namespace Alignment.Data;

/// <summary>Rows that were left out for one cause.</summary>
/// <param name="Problem">The cause.</param>
/// <param name="Count">How many rows.</param>
/// <param name="First">The message of the first one, which names file, row and column.</param>
public sealed record SkippedRows(RowProblem Problem, long Count, string First);
