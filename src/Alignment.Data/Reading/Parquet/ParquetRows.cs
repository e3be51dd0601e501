using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace Alignment.Data.Reading;

/// <summary>A row group, whose columns are read when their pages have been checked.</summary>
internal sealed class ParquetRows(ParquetStream file, ParquetRowGroupReader rows) : IDisposable
{
    public long Count => rows.RowCount;

    public ColumnMetaData? Metadata(DataField field) => rows.GetMetadata(field)?.MetaData;

    /// <summary>What reads the column: once, before the next is asked for.</summary>
    /// <exception cref="InvalidDataException">The column's pages are damaged.</exception>
    public ParquetRowGroupReader Of(DataField field)
    {
        file.End = file.Length;
        if (Metadata(field) is { } chunk) file.End = ParquetPages.Check(file, chunk);
        return rows;
    }

    public void Dispose() => rows.Dispose();
}
