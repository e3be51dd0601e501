using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Alignment.Data.Writing;

/// <summary>A name or another short text, which a row may lack.</summary>
internal sealed class TextColumn<T>(string name, Func<T, string?> value) : RecordColumn<T>(name)
{
    public override bool HasValue(T row) => value(row) is not null;

    public override string? Problem(T row, bool conversational, out long characters)
    {
        var text = value(row);
        characters = text?.Length ?? 0;
        return text is null ? null : TextProblem(text);
    }

    public override Field Field(bool conversational) => new DataField<string>(Name);

    public override Task WriteAsync(ParquetRowGroupWriter group, Field field, IReadOnlyList<T> rows, CancellationToken cancellationToken) =>
        group.WriteAsync((DataField)field, [.. rows.Select(value)]);

    public override void Write(Utf8JsonWriter json, T row) => json.WriteStringValue(value(row));
}
