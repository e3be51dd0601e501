using System.Globalization;

namespace Alignment.Data.Reading;

/// <summary>A row of a table. Each method ends in a <see cref="RowException"/> where the value is not what is asked for.</summary>
internal readonly struct Row(RowBatch batch, int index, int maxCharacters)
{
    /// <summary>File, row group and row, or file and line.</summary>
    public string Place => batch.Place(index);

    /// <summary>Whether the row as a whole can be read.</summary>
    public void Require()
    {
        if (batch.BadRows is { } bad && bad.TryGetValue(index, out var fault)) throw new RowException(fault.Problem, fault.What);
    }

    public string Text(BoundColumn column) => OptionalText(column) ?? throw Missing(column, "text");

    public string? OptionalText(BoundColumn column)
    {
        var text = (string?)Cell(column);
        return text is null || text.Length <= maxCharacters ? text : throw new RowException(RowProblem.TooLong, column, string.Create(
            CultureInfo.InvariantCulture, $"must have at most MaxFieldCharacters = {maxCharacters} characters; it has {text.Length}."));
    }

    public IReadOnlyList<ChatMessage> Messages(BoundColumn column) => (ChatMessage[]?)Cell(column) ?? throw Missing(column, "messages");

    public double Number(BoundColumn column) => OptionalNumber(column) ?? throw Missing(column, "a number");

    public double? OptionalNumber(BoundColumn column)
    {
        double? number = Cell(column) switch { null => null, long whole => whole, var other => (double)other };
        return number is null || double.IsFinite(number.Value) ? number : throw OutOfRange(column, "must be a finite number", number.Value);
    }

    /// <summary>A number that counts an example: 0 or greater.</summary>
    public double? OptionalWeight(BoundColumn column) =>
        OptionalNumber(column) is not { } weight ? null : weight >= 0 ? weight : throw OutOfRange(column, "must be 0 or greater", weight);

    /// <summary>A boolean, or a number that is 0 or 1.</summary>
    public bool Label(BoundColumn column) =>
        column.Kind == ColumnKind.Boolean ? (bool?)Cell(column) ?? throw Missing(column, "a boolean")
        : Number(column) switch { 0 => false, 1 => true, var other => throw OutOfRange(column, "must be 0 or 1", other) };

    /// <summary>A text, or a whole number as text.</summary>
    public string? Name(BoundColumn column) =>
        column.Kind == ColumnKind.Text ? OptionalText(column) : ((IFormattable?)Cell(column))?.ToString(null, CultureInfo.InvariantCulture);

    private object? Cell(BoundColumn column) =>
        batch[column.Index, index] is CellFault fault ? throw new RowException(fault.Problem, column, fault.What) : batch[column.Index, index];

    private static RowException Missing(BoundColumn column, string what) => new(RowProblem.Missing, column, $"must hold {what}; it is null.");

    private static RowException OutOfRange(BoundColumn column, string rule, double value) =>
        new(RowProblem.OutOfRange, column, string.Create(CultureInfo.InvariantCulture, $"{rule}; it is {value}."));
}
