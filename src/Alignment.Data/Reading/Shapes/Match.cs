namespace Alignment.Data.Reading;

/// <summary>A shape that fits a file.</summary>
/// <param name="Shape">Its name.</param>
/// <param name="Columns">The columns that are read, in the order of the cells of a row.</param>
/// <param name="Names">Our names of them, with the file's.</param>
/// <param name="Read">Makes a record of a row, or ends in a <see cref="RowException"/>.</param>
internal sealed record Match<T>(string Shape, IReadOnlyList<Column> Columns, IReadOnlyDictionary<string, string> Names, Func<Row, T> Read) where T : class
{
    /// <summary>Where columns alone can't tell: whether a row is of this shape.</summary>
    public Func<Row, bool>? Recognizes { get; init; }
}
