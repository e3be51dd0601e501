using System.IO.Compression;

namespace Alignment.Data.Writing;

/// <summary>Writes records of any kind to a file of any format.</summary>
internal static class RecordFile
{
    /// <summary>Writes what may be gone through once. A list or an array is looked through beforehand for the optional columns it needs.</summary>
    public static Task<long> WriteAsync<T>(
        string path, IEnumerable<T> rows, RecordColumn<T>[] columns, WriteOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return WriteAsync(path, rows.ToAsyncEnumerable(), rows as IReadOnlyCollection<T>, columns, options ?? new(), cancellationToken);
    }

    public static Task<long> WriteAsync<T>(
        string path, IAsyncEnumerable<T> rows, RecordColumn<T>[] columns, WriteOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return WriteAsync(path, rows, null, columns, options ?? new(), cancellationToken);
    }

    private static async Task<long> WriteAsync<T>(
        string path,
        IAsyncEnumerable<T> rows,
        IReadOnlyCollection<T>? all,
        RecordColumn<T>[] columns,
        WriteOptions options,
        CancellationToken cancellationToken)
    {
        var format = RecordFormats.Of(path);
        CheckNames(columns, options);
        long written = 0;
        await AtomicFile.WriteAsync(path, WriteToAsync).ConfigureAwait(false);
        return written;

        async Task WriteToAsync(Stream file)
        {
            var stream = format == RecordFormat.CompressedJsonLines ? new GZipStream(file, options.CompressionLevel, leaveOpen: true) : file;
            var sink = new RecordSink<T>(path, columns, all, options, OpenAsync);
            try
            {
                await using (sink.ConfigureAwait(false))
                {
                    await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
                        await sink.AddAsync(row, cancellationToken).ConfigureAwait(false);
                    written = await sink.CompleteAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                if (stream != file) await stream.DisposeAsync().ConfigureAwait(false);
            }

            async Task<IRowGroupWriter<T>> OpenAsync(RecordColumn<T>[] present, bool conversational) => format == RecordFormat.Parquet
                ? await ParquetRecordWriter<T>.CreateAsync(stream, present, conversational, options, cancellationToken).ConfigureAwait(false)
                : new JsonLinesRecordWriter<T>(stream, present);
        }
    }

    private static void CheckNames<T>(RecordColumn<T>[] columns, WriteOptions options)
    {
        var optional = columns.Where(column => column.IsOptional).Select(column => column.Name).ToArray();
        if (options.OptionalColumns.FirstOrDefault(name => !optional.Contains(name)) is { } unknown)
        {
            throw new ArgumentException(
                $"{nameof(WriteOptions.OptionalColumns)} may name {string.Join(", ", optional)}. Actual name was '{unknown}'.", nameof(options));
        }
    }
}
