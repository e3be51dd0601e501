namespace Alignment.Data;

/// <summary>Numbers by name, for example rows by source.</summary>
/// <param name="Name">A stable name within its section.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">The heads of all columns; the first is over the names.</param>
/// <param name="Units">The units of the number columns: one fewer than there are columns.</param>
/// <param name="Rows">The rows.</param>
public sealed record DataTable(string Name, string Title, IReadOnlyList<string> Columns, IReadOnlyList<FigureUnit> Units, IReadOnlyList<DataTableRow> Rows);
