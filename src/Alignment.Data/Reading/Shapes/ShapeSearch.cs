namespace Alignment.Data.Reading;

/// <summary>Finds the shape of a file: by its columns, and where they don't tell, by its first row that can be read.</summary>
internal static class ShapeSearch
{
    public static async Task<Match<T>> FindAsync<T>(Table table, RecordKind<T> kind, ReadOptions options, CancellationToken cancellationToken) where T : class
    {
        if (table is JsonLinesTable { Columns.Count: 0 }) return Nothing<T>();
        ColumnBinder.CheckOptions(table, options);
        foreach (var match in kind.Matches(table, options))
        {
            if (match.Recognizes is { } recognizes && !await FirstRowIsAsync(table, match.Columns, recognizes, options, cancellationToken).ConfigureAwait(false)) continue;
            if (options.Columns.Keys.FirstOrDefault(name => !match.Names.ContainsKey(name)) is { } unused)
                throw new DataFormatException($"'{table.Path}' is read as {match.Shape}, which has no {unused} to read from '{options.Columns[unused]}', as ReadOptions.Columns says.");
            return match;
        }
        throw new DataFormatException($"'{table.Path}' must have {kind.Needs}; {ColumnBinder.Describe(table)}. Columns under other names are named by ReadOptions.Columns.");
    }

    // A file of lines without a line has no columns that could be wrong.
    private static Match<T> Nothing<T>() where T : class =>
        new("no rows", [], new Dictionary<string, string>(), _ => throw new RowException(RowProblem.OtherShape, "the file had no rows when it was opened."));

    private static async Task<bool> FirstRowIsAsync(
        Table table, IReadOnlyList<Column> columns, Func<Row, bool> recognizes, ReadOptions options, CancellationToken cancellationToken)
    {
        await foreach (var batch in table.ReadAsync(columns, cancellationToken).ConfigureAwait(false))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                try
                {
                    var row = new Row(batch, i, options.MaxFieldCharacters);
                    row.Require();
                    return recognizes(row);
                }
                catch (RowException)
                {
                    // A bad row tells nothing; it is met again when rows are read.
                }
            }
        }
        return false;
    }
}
