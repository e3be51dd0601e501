using System;
using System.Collections.Generic;
using Parquet.Schema;

namespace Parquet.Columns;

/// <summary>What a column writes: values without nulls and the levels that say where they belong.</summary>
internal sealed class ColumnSource<T> where T : struct
{
    private ColumnSource(DataField field, ReadOnlyMemory<T> values, ReadOnlyMemory<int>? definitions, ReadOnlyMemory<int>? repetitions)
    {
        field.EnsureAttached();
        field.EnsureHolds(typeof(T));
        Field = field;
        Values = values;
        Count = definitions?.Length ?? values.Length;
        Definitions = definitions ?? ReadOnlyMemory<int>.Empty;
        Repetitions = repetitions ?? ReadOnlyMemory<int>.Empty;
        CheckLevels(Definitions.Span, field.MaxDefinitionLevel, "Definition");
        CheckLevels(Repetitions.Span, field.MaxRepetitionLevel, "Repetition");
        if (field.MaxDefinitionLevel > 0 && Definitions.Span.Count(field.MaxDefinitionLevel) != values.Length)
        {
            throw new ArgumentException(
                $"Field {field.Path} got {values.Length} values, but not as many of its definition levels are {field.MaxDefinitionLevel}.");
        }
    }

    public DataField Field { get; }

    public ReadOnlyMemory<T> Values { get; }

    public ReadOnlyMemory<int> Definitions { get; }

    public ReadOnlyMemory<int> Repetitions { get; }

    /// <summary>Values, nulls counted.</summary>
    public int Count { get; }

    /// <summary>A row begins at repetition level 0.</summary>
    public long RowCount => Field.MaxRepetitionLevel > 0 ? Repetitions.Span.Count(0) : Count;

    /// <summary>All parts as they are.</summary>
    public static ColumnSource<T> Of(
        DataField field, ReadOnlyMemory<T> values, ReadOnlyMemory<int>? definitions, ReadOnlyMemory<int>? repetitions)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (definitions is null && field.IsArray)
        {
            var present = new int[values.Length];
            Array.Fill(present, field.MaxDefinitionLevel);
            definitions = present;
        }

        if (definitions is null && field.MaxDefinitionLevel > 0)
        {
            throw new InvalidOperationException($"Field {field.Path} is optional: write nullable values or definition levels.");
        }

        return new ColumnSource<T>(field, values, field.MaxDefinitionLevel > 0 ? definitions : null, repetitions);
    }

    /// <summary>Takes nulls out of <paramref name="values"/> and notes them as levels.</summary>
    public static ColumnSource<T> OfNullable<TNullable>(
        DataField field, IEnumerable<TNullable> values, int count, Func<TNullable, T?> convert, ReadOnlyMemory<int>? repetitions)
    {
        ArgumentNullException.ThrowIfNull(field);
        var present = new T[count];
        var levels = new int[count];
        int next = 0, filled = 0;
        foreach (var value in values)
        {
            if (convert(value) is { } some)
            {
                present[filled++] = some;
                levels[next++] = field.MaxDefinitionLevel;
            }
            else
            {
                levels[next++] = field.IsNullable && !field.IsArray
                    ? field.MaxDefinitionLevel - 1
                    : throw new ArgumentException($"Field {field.Path} is required, but value {next} is null.", nameof(values));
            }
        }

        return Of(field, present.AsMemory(0, filled), levels, repetitions);
    }

    private void CheckLevels(ReadOnlySpan<int> levels, int highest, string kind)
    {
        if (highest > 0 && levels.Length != Count)
        {
            throw new ArgumentException($"{kind} levels of field {Field.Path} must be {Count}. Actual number was {levels.Length}.");
        }

        if (highest > 0 && levels.IndexOfAnyExceptInRange(0, highest) is >= 0 and var at)
        {
            throw new ArgumentException($"{kind} levels of field {Field.Path} reach from 0 to {highest}. Actual value was {levels[at]}.");
        }
    }
}
