using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Parquet.Meta;
using Parquet.Schema;

namespace Parquet;

/// <summary>Writes a Parquet file to a stream, which stays the caller's. Disposing writes the footer.</summary>
public sealed class ParquetWriter : ParquetActor, IAsyncDisposable
{
    private readonly FileMetaData _metadata;
    private readonly ParquetOptions _options;
    private readonly WriterStream _output;
    private readonly long _rowsBefore;

    private ParquetWriter(Stream output, FileMetaData metadata, ParquetOptions options) : base(output)
    {
        _metadata = metadata;
        _options = options;
        _output = new WriterStream(output);
        _rowsBefore = metadata.NumRows;
        RowGroupsBefore = metadata.RowGroups.Count;
    }

    /// <summary>Texts to store with the file.</summary>
    public IReadOnlyDictionary<string, string> CustomMetadata
    {
        get => KeyValues.ToDictionary(_metadata.KeyValueMetadata);
        set => _metadata.KeyValueMetadata = KeyValues.ToList(value);
    }

    private int RowGroupsBefore { get; }

    /// <summary>Begins a file, or goes on with one that has the same columns.</summary>
    /// <exception cref="ParquetException">The file to append to has other columns.</exception>
    /// <exception cref="IOException">The stream to append to is no Parquet file.</exception>
    public static async Task<ParquetWriter> CreateAsync(
        ParquetSchema schema,
        Stream output,
        ParquetOptions? options = null,
        bool append = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(schema);
        if (!output.CanWrite)
        {
            throw new ArgumentException("The stream must be writable.", nameof(output));
        }

        options ??= new ParquetOptions();
        if (append)
        {
            return new ParquetWriter(output, await ReadAsync(schema, output, options, cancellationToken).ConfigureAwait(false), options);
        }

        var metadata = new FileMetaData
        {
            Version = 1,
            Schema = SchemaWriter.Write(schema),
            CreatedBy = $"Alignment.Offline.Parquet version {typeof(ParquetWriter).Assembly.GetName().Version?.ToString(3)} (build 0)",
        };
        var writer = new ParquetWriter(output, metadata, options);
        await writer._output.WriteAsync(Footer.Magic, cancellationToken).ConfigureAwait(false);
        return writer;
    }

    public ParquetRowGroupWriter CreateRowGroup()
    {
        var group = new RowGroup();
        _metadata.RowGroups.Add(group);
        return new ParquetRowGroupWriter(_output, group, _metadata.Schema.Where(element => element.Type is not null).ToArray(), _options);
    }

    public async ValueTask DisposeAsync()
    {
        _metadata.NumRows = _rowsBefore + _metadata.RowGroups.Skip(RowGroupsBefore).Sum(group => group.NumRows);
        await _output.WriteAsync(Footer.Write(_metadata), CancellationToken.None).ConfigureAwait(false);
        await Stream.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Reads the footer that is to be replaced by a longer one, and leaves the stream at its place.</summary>
    private static async Task<FileMetaData> ReadAsync(
        ParquetSchema schema, Stream output, ParquetOptions options, CancellationToken cancellationToken)
    {
        if (!output.CanSeek || !output.CanRead)
        {
            throw new IOException("To append, the stream must be readable and seekable.");
        }

        var metadata = await Footer.ReadAsync(output, cancellationToken).ConfigureAwait(false);
        var existing = SchemaReader.Read(SchemaNode.Build(metadata.Schema), options);
        return schema.Equals(existing)
            ? metadata
            : throw new ParquetException(
                $"The file to append to has other columns: {schema.GetNotEqualsMessage(existing, "appending", "existing")}");
    }
}
