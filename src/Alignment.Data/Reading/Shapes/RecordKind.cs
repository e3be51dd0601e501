namespace Alignment.Data.Reading;

/// <summary>A kind of record, and the shapes it is read from.</summary>
internal abstract class RecordKind<T> where T : class
{
    /// <summary>What a file must hold, for messages.</summary>
    public abstract string Needs { get; }

    /// <summary>The shapes that fit the file's columns, the first choice first.</summary>
    public abstract IEnumerable<Match<T>> Matches(Table table, ReadOptions options);
}

/// <summary>A kind of record that is made of a shape's parts and of columns of its own.</summary>
/// <param name="needs">What a file must hold, for messages.</param>
/// <param name="shapes">The shapes in the order in which they are tried.</param>
/// <param name="complete">Takes the record's own columns, and makes records of them and of a row's parts; null where a column lacks.</param>
internal sealed class RecordKind<T, TParts>(string needs, Shape<TParts>[] shapes, Func<ColumnBinder, Func<Row, TParts, T>?> complete) : RecordKind<T>
    where T : class
{
    public override string Needs => needs;

    public override IEnumerable<Match<T>> Matches(Table table, ReadOptions options)
    {
        foreach (var shape in shapes)
        {
            var columns = new ColumnBinder(table, options);
            if (shape.Bind(columns) is not { } binding || complete(columns) is not { } make) continue;
            yield return new Match<T>(shape.Name, columns.Columns, columns.Names, Read) { Recognizes = binding.Recognizes };

            T Read(Row row)
            {
                row.Require();
                return make(row, binding.Read(row));
            }
        }
    }
}
