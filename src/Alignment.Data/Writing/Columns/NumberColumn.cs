using System.Globalization;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Alignment.Data.Writing;

/// <summary>A number. Records hold finite numbers only.</summary>
internal sealed class NumberColumn<T>(string name, Func<T, double?> value) : RecordColumn<T>(name)
{
    public override bool HasValue(T row) => value(row) is not null;

    public override string? Problem(T row, bool conversational, out long characters)
    {
        characters = 0;
        return null;
    }

    public override Field Field(bool conversational) => new DataField<double?>(Name);

    public override Task WriteAsync(ParquetRowGroupWriter group, Field field, IReadOnlyList<T> rows, CancellationToken cancellationToken) =>
        group.WriteAsync<double>((DataField)field, rows.Select(value).ToArray().AsMemory(), cancellationToken: cancellationToken);

    /// <remarks>
    /// Shortest digits that read back the same, and always as a fraction: readers that infer types from the first rows would otherwise
    /// take a column that begins with 1 and 2 for integers and stop at 2.5.
    /// </remarks>
    public override void Write(Utf8JsonWriter json, T row)
    {
        if (value(row) is not { } number)
        {
            json.WriteNullValue();
            return;
        }
        var digits = number.ToString("R", CultureInfo.InvariantCulture);
        json.WriteRawValue(digits.AsSpan().ContainsAny('.', 'E') ? digits : digits + ".0", skipInputValidation: true);
    }
}
