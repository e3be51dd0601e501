namespace Alignment.Data.Reading;

/// <summary>Some rows in a row: one row group, or a block of lines.</summary>
/// <param name="count">How many rows.</param>
/// <param name="cells">
/// The columns asked for, in their order, a cell for each row: a string, an array of <see cref="ChatMessage"/>, a long or double, a bool, null, or a
/// <see cref="CellFault"/> where the value is not one of its column.
/// </param>
/// <param name="place">Names a row in messages, file and all.</param>
internal sealed class RowBatch(int count, IReadOnlyList<object?[]> cells, Func<int, string> place)
{
    public int Count { get; } = count;

    /// <summary>Rows that can't be read at all; null where there are none.</summary>
    public IReadOnlyDictionary<int, CellFault>? BadRows { get; init; }

    public object? this[int column, int row] => cells[column][row];

    public string Place(int row) => place(row);
}
