using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Parquet.Columns;
using Parquet.Meta;
using Parquet.Schema;

namespace Parquet;

/// <summary>Reads the columns of one row group, in any order.</summary>
public class ParquetRowGroupReader : IDisposable
{
    private readonly Stream _stream;
    private readonly Dictionary<FieldPath, SchemaNode> _columns;
    private readonly Dictionary<FieldPath, ColumnChunk> _chunks = [];

    internal ParquetRowGroupReader(RowGroup rowGroup, Dictionary<FieldPath, SchemaNode> columns, Stream stream)
    {
        RowGroup = rowGroup;
        _columns = columns;
        _stream = stream;
        if (rowGroup.NumRows < 0)
        {
            throw new ParquetException($"The file is damaged: a row group of {rowGroup.NumRows} rows.");
        }

        foreach (var chunk in rowGroup.Columns)
        {
            // Without metadata the column is encrypted: it does not exist for a reader that has no keys.
            if (chunk.MetaData is { } metadata)
            {
                _chunks[new FieldPath(metadata.PathInSchema)] = chunk;
            }
        }
    }

    public RowGroup RowGroup { get; }

    /// <summary>Rows, nulls counted; a list column has its own number of values.</summary>
    public long RowCount => RowGroup.NumRows;

    public bool ColumnExists(DataField field) => GetMetadata(field) is not null;

    public ColumnChunk? GetMetadata(DataField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return _chunks.GetValueOrDefault(field.Path);
    }

    public Dictionary<string, string> GetCustomMetadata(DataField field) =>
        KeyValues.ToDictionary(GetMetadata(field)?.MetaData?.KeyValueMetadata);

    /// <summary>
    /// Reads values without nulls, one after another, and the levels that say where they belong. Every buffer needs room for
    /// <see cref="ColumnMetaData.NumValues"/>.
    /// </summary>
    /// <exception cref="ArgumentException">A buffer is missing or too small, or the field is not that of the file.</exception>
    public async ValueTask ReadRawAsync<T>(
        DataField field,
        Memory<T> values,
        Memory<int>? definitionLevels,
        Memory<int>? repetitionLevels,
        CancellationToken cancellationToken = default)
        where T : struct
    {
        var (column, chunk) = Find(field);
        field.EnsureHolds(typeof(T));
        Require(field, "Values", values.Length, chunk.NumValues);
        Require(field, "Definition levels", definitionLevels?.Length, field.MaxDefinitionLevel > 0 ? chunk.NumValues : null);
        Require(field, "Repetition levels", repetitionLevels?.Length, field.MaxRepetitionLevel > 0 ? chunk.NumValues : null);
        var target = new ColumnTarget<T>(values, definitionLevels, repetitionLevels, (int)chunk.NumValues);
        await new ColumnChunkReader<T>(_stream, column, chunk, target).ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a column that has no nulls.</summary>
    public ValueTask ReadAsync<T>(
        DataField field, Memory<T> values, Memory<int>? repetitionLevels = null, CancellationToken cancellationToken = default)
        where T : struct =>
        ReadRawAsync(field, values, null, repetitionLevels, cancellationToken);

    /// <summary>Reads a column that may have nulls.</summary>
    public ValueTask ReadAsync<T>(
        DataField field, Memory<T?> values, Memory<int>? repetitionLevels = null, CancellationToken cancellationToken = default)
        where T : struct =>
        ReadSpreadAsync<T, T?>(field, values, repetitionLevels, value => value, cancellationToken);

    /// <summary>Reads text.</summary>
    public ValueTask ReadAsync(
        DataField field, Memory<string?> values, Memory<int>? repetitionLevels = null, CancellationToken cancellationToken = default) =>
        ReadSpreadAsync<ReadOnlyMemory<char>, string?>(
            field,
            values,
            repetitionLevels,
            text => MemoryMarshal.TryGetString(text, out var whole, out _, out _) ? whole : text.ToString(),
            cancellationToken);

    /// <summary>Reads bytes.</summary>
    public ValueTask ReadAsync(
        DataField field, Memory<byte[]?> values, Memory<int>? repetitionLevels = null, CancellationToken cancellationToken = default) =>
        ReadSpreadAsync<ReadOnlyMemory<byte>, byte[]?>(field, values, repetitionLevels, bytes => bytes.ToArray(), cancellationToken);

    /// <summary>Nothing to release; row group readers have always been disposable.</summary>
    public void Dispose()
    {
    }

    /// <summary>Reads a flat column and puts nulls between its values.</summary>
    private async ValueTask ReadSpreadAsync<T, TNullable>(
        DataField field,
        Memory<TNullable?> values,
        Memory<int>? repetitionLevels,
        Func<T, TNullable> convert,
        CancellationToken cancellationToken)
        where T : struct
    {
        var (column, chunk) = Find(field);
        Require(field, "Values", values.Length, chunk.NumValues);
        var count = (int)chunk.NumValues;
        if (count != RowCount)
        {
            throw new ArgumentException($"Field {field.Path} has {count} values in {RowCount} rows. Read it with {nameof(ReadRawAsync)}.");
        }

        // A required field below an optional group needs levels that its own type does not promise; ask for them by ReadRawAsync.
        var present = new T[count];
        var levels = field.IsNullable ? new int[count] : null;
        await ReadRawAsync(field, present.AsMemory(), levels is null ? default(Memory<int>?) : levels, repetitionLevels, cancellationToken)
            .ConfigureAwait(false);
        Spread();

        void Spread()
        {
            var target = values.Span;
            var next = 0;
            for (var i = 0; i < count; i++)
            {
                var isNull = levels is not null && levels[i] < column.MaxDefinitionLevel;
                target[i] = isNull ? default : convert(present[next++]);
            }
        }
    }

    private (SchemaNode Column, ColumnMetaData Chunk) Find(DataField field)
    {
        var chunk = GetMetadata(field) ?? throw new ParquetException($"Column {field.Path} does not exist in this file.");
        field.EnsureAttached();
        var metadata = chunk.MetaData!;
        if (!_columns.TryGetValue(field.Path, out var column) || metadata.NumValues < 0 || chunk.FilePath is not null)
        {
            throw new ParquetException(
                $"Column {field.Path} is damaged or lies in another file: {metadata.NumValues} values in '{chunk.FilePath}'.");
        }

        if (column.MaxDefinitionLevel != field.MaxDefinitionLevel || column.MaxRepetitionLevel != field.MaxRepetitionLevel)
        {
            throw new ArgumentException($"Field {field} is optional or repeated where the file's is not, or the reverse.", nameof(field));
        }

        if (column.MaxRepetitionLevel == 0 && metadata.NumValues != RowCount)
        {
            throw new ParquetException($"Column {field.Path} is damaged: {metadata.NumValues} values in {RowCount} rows.");
        }

        return (column, metadata);
    }

    private static void Require(DataField field, string buffer, int? length, long? needed)
    {
        if (needed is not null && length is null)
        {
            throw new ArgumentException($"{buffer} of field {field.Path} need a buffer.");
        }

        if (length < needed)
        {
            throw new ArgumentException($"{buffer} of field {field.Path} need room for {needed}. Actual length was {length}.");
        }
    }
}
