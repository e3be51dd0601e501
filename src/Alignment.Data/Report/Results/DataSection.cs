namespace Alignment.Data;

/// <summary>What one measure saw.</summary>
/// <param name="Name">A stable name, for example <c>lengths</c>.</param>
/// <param name="Title">The heading.</param>
/// <param name="Note">How the numbers were made and what they can't say.</param>
public sealed record DataSection(string Name, string Title, string Note)
{
    /// <summary>Single numbers, in the order in which they are read.</summary>
    public IReadOnlyList<DataFigure> Figures { get; init; } = [];

    /// <summary>Distributions.</summary>
    public IReadOnlyList<DataHistogram> Histograms { get; init; } = [];

    /// <summary>Numbers by name.</summary>
    public IReadOnlyList<DataTable> Tables { get; init; } = [];

    /// <summary>The number of a name, or null where the section has none.</summary>
    /// <param name="name">The name of the figure.</param>
    public double? Value(string name) => Figures.FirstOrDefault(figure => figure.Name == name)?.Value;
}
