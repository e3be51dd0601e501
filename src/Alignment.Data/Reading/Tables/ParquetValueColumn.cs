using Parquet.Schema;

namespace Alignment.Data.Reading;

/// <summary>A number or a boolean each row.</summary>
internal sealed class ParquetValueColumn<T>(DataField field, ColumnKind kind, Func<T, object> box) : ParquetColumn(new Column(field.Name, kind), field)
    where T : struct
{
    public override async Task<object?[]> ReadAsync(ParquetRows rows, CancellationToken cancellationToken)
    {
        if (field.IsNullable)
        {
            var values = new T?[rows.Count];
            await rows.Of(field).ReadAsync(field, values.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
            return Array.ConvertAll(values, value => value is { } there ? box(there) : null);
        }
        var present = new T[rows.Count];
        await rows.Of(field).ReadAsync(field, present.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll<T, object?>(present, value => box(value));
    }
}
