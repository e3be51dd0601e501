namespace Alignment.Data.Reading;

/// <summary>A column that a shape reads.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Index">Its place among the columns that are read.</param>
internal sealed record BoundColumn(string Name, ColumnKind Kind, int Index);
