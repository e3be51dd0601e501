namespace Alignment.Data;

/// <summary>How far a reading is.</summary>
/// <param name="Rows">Rows read, those left out among them.</param>
/// <param name="Records">Records given.</param>
/// <param name="Skipped">Rows left out, by cause, in the order of <see cref="RowProblem"/>; empty under <see cref="BadRows.Fail"/>.</param>
public sealed record ReadCounts(long Rows, long Records, IReadOnlyList<SkippedRows> Skipped);
