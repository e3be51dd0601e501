namespace Alignment.Data.Reading;

/// <summary>A file whose schema has been matched with a shape; it is closed until it is read.</summary>
internal sealed class OpenedFile<T>(DataFile summary, Match<T> match) where T : class
{
    public DataFile Summary { get; } = summary;

    public Match<T> Match { get; } = match;

    public static async Task<OpenedFile<T>> OpenAsync(string path, RecordKind<T> kind, ReadOptions options, CancellationToken cancellationToken)
    {
        var table = await Table.OpenAsync(path, options, cancellationToken).ConfigureAwait(false);
        await using (table.ConfigureAwait(false))
        {
            var match = await ShapeSearch.FindAsync(table, kind, options, cancellationToken).ConfigureAwait(false);
            var used = match.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
            var summary = new DataFile
            {
                Path = path,
                Format = table.Format,
                Shape = match.Shape,
                Columns = match.Names,
                Ignored = [.. table.Columns.SelectMany(column => used.Contains(column.Name) ? column.Unread : [column.Name])],
                Rows = table.RowCount,
            };
            return new OpenedFile<T>(summary, match);
        }
    }

    /// <summary>Opens the file to read it, and sees that it still has the columns that were matched.</summary>
    public async Task<Table> ReopenAsync(ReadOptions options, CancellationToken cancellationToken)
    {
        var table = await Table.OpenAsync(Summary.Path, options, cancellationToken).ConfigureAwait(false);
        if (table.Format == Summary.Format && Match.Columns.All(table.Columns.Contains)) return table;
        await table.DisposeAsync().ConfigureAwait(false);
        throw new DataFormatException($"'{Summary.Path}' has changed since it was opened: its columns are no longer those that were found.");
    }
}
