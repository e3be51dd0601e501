namespace Alignment.Data;

/// <summary>One row of a table.</summary>
/// <param name="Name">What the row is about.</param>
/// <param name="Values">Its numbers; null where there is none.</param>
public sealed record DataTableRow(string Name, IReadOnlyList<double?> Values);
