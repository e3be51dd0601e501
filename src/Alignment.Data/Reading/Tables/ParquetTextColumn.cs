using Parquet.Schema;

namespace Alignment.Data.Reading;

/// <summary>A string each row.</summary>
internal sealed class ParquetTextColumn(DataField field) : ParquetColumn(new Column(field.Name, ColumnKind.Text), field)
{
    public override async Task<object?[]> ReadAsync(ParquetRows rows, CancellationToken cancellationToken)
    {
        var texts = new string?[rows.Count];
        await rows.Of(field).ReadAsync(field, texts.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
        return texts;   // an array of strings is one of objects to whoever only reads it
    }
}
