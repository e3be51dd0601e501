using Parquet;
using Parquet.Schema;

namespace Alignment.Data.Writing;

/// <summary>Rows as Parquet, a row group for each group of rows.</summary>
internal sealed class ParquetRecordWriter<T> : IRowGroupWriter<T>
{
    private readonly ParquetWriter _writer;
    private readonly RecordColumn<T>[] _columns;
    private readonly Field[] _fields;

    private ParquetRecordWriter(ParquetWriter writer, RecordColumn<T>[] columns, Field[] fields) =>
        (_writer, _columns, _fields) = (writer, columns, fields);

    public static async Task<IRowGroupWriter<T>> CreateAsync(
        Stream stream, RecordColumn<T>[] columns, bool conversational, WriteOptions options, CancellationToken cancellationToken)
    {
        var fields = columns.Select(column => column.Field(conversational)).ToArray();
        var settings = new ParquetOptions { CompressionMethod = Method(options.Compression), CompressionLevel = options.CompressionLevel };
        var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, settings, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return new ParquetRecordWriter<T>(writer, columns, fields);
    }

    public async Task WriteAsync(IReadOnlyList<T> rows, CancellationToken cancellationToken)
    {
        using var group = _writer.CreateRowGroup();
        for (var i = 0; i < _columns.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _columns[i].WriteAsync(group, _fields[i], rows, cancellationToken).ConfigureAwait(false);
        }
        group.CompleteValidate();
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static CompressionMethod Method(ParquetCompression compression) => compression switch
    {
        ParquetCompression.None => CompressionMethod.None,
        ParquetCompression.Snappy => CompressionMethod.Snappy,
        ParquetCompression.Gzip => CompressionMethod.Gzip,
        _ => CompressionMethod.Zstd,
    };
}
