using System.Globalization;
using System.Runtime.CompilerServices;

namespace Alignment.Data.Reading;

/// <summary>A Parquet file, one row group at a time.</summary>
internal sealed class ParquetTable : Table
{
    private readonly ParquetFile _file;
    private readonly Dictionary<string, ParquetColumn> _columns;
    private readonly ParquetLimits _limits;

    private ParquetTable(string path, ParquetFile file, IReadOnlyList<ParquetColumn> columns, ParquetLimits limits) : base(path, DataFileFormat.Parquet)
    {
        _file = file;
        _columns = columns.ToDictionary(column => column.Column.Name, StringComparer.Ordinal);
        _limits = limits;
        Columns = [.. columns.Select(column => column.Column)];
        RowCount = file.Reader.RowGroups.Sum(group => group.RowCount);
    }

    public override IReadOnlyList<Column> Columns { get; }

    public override long? RowCount { get; }

    public static async Task<ParquetTable> OpenParquetAsync(string path, ReadOptions options, CancellationToken cancellationToken)
    {
        ParquetFile? file = null;
        try
        {
            file = await ParquetFile.OpenAsync(path, cancellationToken).ConfigureAwait(false);
            var columns = file.Reader.Schema.Fields.Select(field => ParquetColumn.Of(field, options.MaxFieldCharacters)).ToList();
            return new ParquetTable(path, file, columns, new ParquetLimits(file.Length, options.MaxRowGroupBytes));
        }
        catch (Exception error)
        {
            if (file is not null) await file.DisposeAsync().ConfigureAwait(false);
            if (error is OperationCanceledException) throw;
            throw new DataFormatException($"'{path}' is not a Parquet file that can be read: {error.Message}", error);
        }
    }

    public override async IAsyncEnumerable<RowBatch> ReadAsync(IReadOnlyList<Column> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long firstRow = 0;
        for (var group = 0; group < _file.Reader.RowGroupCount; group++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = await ReadGroupAsync(group, columns, firstRow, cancellationToken).ConfigureAwait(false);
            yield return batch;
            firstRow += batch.Count;
        }
    }

    public override ValueTask DisposeAsync() => _file.DisposeAsync();

    private async Task<RowBatch> ReadGroupAsync(int group, IReadOnlyList<Column> columns, long firstRow, CancellationToken cancellationToken)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"'{Path}', row group {group}");
        using var rows = _file.Rows(group);
        var read = columns.Select(column => _columns[column.Name]).ToList();
        _limits.Check(rows, read, place);
        var cells = new List<object?[]>();
        foreach (var column in read)
        {
            try
            {
                cells.Add(await column.ReadAsync(rows, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                throw new DataFormatException($"{place}, column '{column.Column.Name}' can't be read: {error.Message}", error);
            }
        }
        return new RowBatch((int)rows.Count, cells, row => string.Create(CultureInfo.InvariantCulture, $"{place}, row {row} (row {firstRow + row} of the file)"));
    }
}
