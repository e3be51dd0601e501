namespace Alignment.Data.Reading;

/// <summary>A data file as a source of rows: named columns whose kinds are known, read in batches.</summary>
internal abstract class Table(string path, DataFileFormat format) : IAsyncDisposable
{
    public string Path { get; } = path;

    public DataFileFormat Format { get; } = format;

    public abstract IReadOnlyList<Column> Columns { get; }

    /// <summary>How many rows there are; null where that is known only after reading.</summary>
    public abstract long? RowCount { get; }

    /// <summary>Opens a file by what its first bytes say it is.</summary>
    public static async Task<Table> OpenAsync(string path, ReadOptions options, CancellationToken cancellationToken)
    {
        var format = await FileFormat.OfAsync(path, cancellationToken).ConfigureAwait(false);
        return format == DataFileFormat.Parquet
            ? await ParquetTable.OpenParquetAsync(path, options, cancellationToken).ConfigureAwait(false)
            : await JsonLinesTable.OpenLinesAsync(path, format, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the rows in order, of each the named columns alone.</summary>
    public abstract IAsyncEnumerable<RowBatch> ReadAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
