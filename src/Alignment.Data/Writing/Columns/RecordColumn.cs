using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Alignment.Data.Writing;

/// <summary>One column of a kind of record, as both formats write it. A new kind of column is a class beside this one.</summary>
internal abstract class RecordColumn<T>(string name)
{
    public string Name => name;

    /// <summary>Whether a file may do without the column.</summary>
    public bool IsOptional { get; init; } = true;

    public abstract bool HasValue(T row);

    /// <summary>What keeps the value from being written, as it goes on after "column 'x'", or null.</summary>
    /// <param name="row">The row.</param>
    /// <param name="conversational">Whether the file holds conversations.</param>
    /// <param name="characters">The characters that the value holds.</param>
    public abstract string? Problem(T row, bool conversational, out long characters);

    /// <summary>The column's field in a Parquet schema. Every field is nullable, as pyarrow writes them, so that files of one kind can be joined.</summary>
    public abstract Field Field(bool conversational);

    public abstract Task WriteAsync(ParquetRowGroupWriter group, Field field, IReadOnlyList<T> rows, CancellationToken cancellationToken);

    /// <summary>Writes the value, null where there is none.</summary>
    public abstract void Write(Utf8JsonWriter json, T row);

    protected static string? TextProblem(string? text) => text is null ? " is null"
        : LoneSurrogate.IndexIn(text) is >= 0 and var at ? $" holds half a surrogate pair at character {at}, which UTF-8 has no bytes for"
        : null;
}
