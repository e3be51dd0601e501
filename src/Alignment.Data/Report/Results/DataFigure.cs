namespace Alignment.Data;

/// <summary>One number of the report.</summary>
/// <param name="Name">A stable name within its section, for programs.</param>
/// <param name="Label">What it is, for people.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Value">The number. Finite.</param>
/// <param name="Low">The lower end of its 95 % interval, or null.</param>
/// <param name="High">The upper end of its 95 % interval, or null.</param>
public sealed record DataFigure(string Name, string Label, FigureUnit Unit, double Value, double? Low = null, double? High = null);
