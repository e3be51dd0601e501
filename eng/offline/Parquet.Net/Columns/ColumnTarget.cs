using System;

namespace Parquet.Columns;

/// <summary>The caller's buffers and how far they are filled: values that are there, and levels for those that are not too.</summary>
internal sealed class ColumnTarget<T>(Memory<T> values, Memory<int>? definitionLevels, Memory<int>? repetitionLevels, int total)
{
    private int _values;

    /// <summary>Values read, nulls counted.</summary>
    public int Position { get; private set; }

    public int Left => total - Position;

    /// <summary>Where the next levels go; null if nobody asked for them.</summary>
    public Span<int> Definitions(int count) => definitionLevels!.Value.Span.Slice(Position, count);

    /// <inheritdoc cref="Definitions"/>
    public Span<int> Repetitions(int count) => repetitionLevels!.Value.Span.Slice(Position, count);

    /// <summary>Takes <paramref name="count"/> places for a page with <paramref name="present"/> values that are not null.</summary>
    public Memory<T> Advance(int count, int present)
    {
        var page = values.Slice(_values, present);
        _values += present;
        Position += count;
        return page;
    }
}
