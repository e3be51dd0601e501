using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Parquet.Columns;
using Parquet.Meta;
using Parquet.Schema;

namespace Parquet;

/// <summary>Writes the columns of one row group, in the order of the schema. Disposing notes the row count.</summary>
public class ParquetRowGroupWriter : IDisposable
{
    private readonly WriterStream _output;
    private readonly RowGroup _group;
    private readonly SchemaElement[] _columns;
    private readonly ParquetOptions _options;
    private int _next;
    private long? _rowCount;

    internal ParquetRowGroupWriter(WriterStream output, RowGroup group, SchemaElement[] columns, ParquetOptions options)
    {
        _output = output;
        _group = group;
        _columns = columns;
        _options = options;
    }

    /// <summary>Writes a column that has no nulls.</summary>
    public Task WriteAsync<T>(
        DataField field,
        ReadOnlyMemory<T> values,
        ReadOnlyMemory<int>? repetitionLevels = null,
        Dictionary<string, string>? customMetadata = null,
        CancellationToken cancellationToken = default)
        where T : struct =>
        WriteAsync(ColumnSource<T>.Of(field, values, null, repetitionLevels), customMetadata, cancellationToken);

    /// <summary>Writes a column that may have nulls.</summary>
    public Task WriteAsync<T>(
        DataField field,
        ReadOnlyMemory<T?> values,
        ReadOnlyMemory<int>? repetitionLevels = null,
        Dictionary<string, string>? customMetadata = null,
        CancellationToken cancellationToken = default)
        where T : struct =>
        WriteAsync(
            ColumnSource<T>.OfNullable(field, MemoryMarshal.ToEnumerable(values), values.Length, value => value, repetitionLevels),
            customMetadata,
            cancellationToken);

    /// <summary>Writes text.</summary>
    public Task WriteAsync(DataField field, IReadOnlyCollection<string?> values, ReadOnlyMemory<int>? repetitionLevels = null) =>
        WriteAsync(
            ColumnSource<ReadOnlyMemory<char>>.OfNullable(
                field, values, values.Count, text => text?.AsMemory(), repetitionLevels),
            null,
            CancellationToken.None);

    /// <summary>Writes bytes.</summary>
    public Task WriteAsync(DataField field, IReadOnlyCollection<byte[]?> values, ReadOnlyMemory<int>? repetitionLevels = null) =>
        WriteAsync(
            ColumnSource<ReadOnlyMemory<byte>>.OfNullable(
                field, values, values.Count, bytes => bytes is null ? default(ReadOnlyMemory<byte>?) : bytes, repetitionLevels),
            null,
            CancellationToken.None);

    /// <summary>
    /// Writes values without nulls together with the levels that say where they belong; the only way to write an empty list.
    /// </summary>
    public Task WriteAllPartsAsync<T>(
        DataField field,
        ReadOnlyMemory<T> values,
        ReadOnlyMemory<int>? definitionValues,
        ReadOnlyMemory<int>? repetitionLevels,
        CancellationToken cancellationToken)
        where T : struct =>
        WriteAsync(ColumnSource<T>.Of(field, values, definitionValues, repetitionLevels), null, cancellationToken);

    /// <exception cref="InvalidOperationException">A column has not been written.</exception>
    public void CompleteValidate()
    {
        if (_next < _columns.Length)
        {
            throw new InvalidOperationException(
                $"Columns are missing: {string.Join(", ", _columns.Skip(_next).Select(column => column.Name))}.");
        }
    }

    public void Dispose()
    {
        _group.NumRows = _rowCount ?? 0;
        _group.TotalByteSize = _group.Columns.Sum(chunk => chunk.MetaData!.TotalUncompressedSize);
        _group.TotalCompressedSize = _group.Columns.Sum(chunk => chunk.MetaData!.TotalCompressedSize);
    }

    private async Task WriteAsync<T>(
        ColumnSource<T> source, Dictionary<string, string>? customMetadata, CancellationToken cancellationToken)
        where T : struct
    {
        if (_next == _columns.Length)
        {
            throw new InvalidOperationException($"Column {source.Field.Path} comes after all {_columns.Length} are written.");
        }

        var column = _columns[_next];
        if (source.Field.Name != column.Name)
        {
            throw new ArgumentException($"The next column is {column.Name}. Actual field was {source.Field.Path}.", "field");
        }

        if (_rowCount is { } rows && rows != source.RowCount)
        {
            throw new InvalidOperationException($"Column {source.Field.Path} has {source.RowCount} rows, those before have {rows}.");
        }

        var chunk = await ColumnChunkWriter.WriteAsync(_output, source, column, _options, customMetadata, cancellationToken)
            .ConfigureAwait(false);
        _group.Columns.Add(chunk);
        _rowCount = source.RowCount;
        _next++;
    }
}
