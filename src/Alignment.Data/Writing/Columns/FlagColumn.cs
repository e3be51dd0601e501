using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Alignment.Data.Writing;

/// <summary>Yes or no, in every row.</summary>
internal sealed class FlagColumn<T> : RecordColumn<T>
{
    private readonly Func<T, bool> _value;

    public FlagColumn(string name, Func<T, bool> value) : base(name) => (_value, IsOptional) = (value, false);

    public override bool HasValue(T row) => true;

    public override string? Problem(T row, bool conversational, out long characters)
    {
        characters = 0;
        return null;
    }

    public override Field Field(bool conversational) => new DataField<bool?>(Name);

    public override Task WriteAsync(ParquetRowGroupWriter group, Field field, IReadOnlyList<T> rows, CancellationToken cancellationToken) =>
        group.WriteAsync<bool>((DataField)field, rows.Select(row => (bool?)_value(row)).ToArray().AsMemory(), cancellationToken: cancellationToken);

    public override void Write(Utf8JsonWriter json, T row) => json.WriteBooleanValue(_value(row));
}
