using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Parquet.Meta;
using Parquet.Schema;

namespace Parquet;

/// <summary>Reads a Parquet file: the footer at once, columns when asked. Not for several threads at a time.</summary>
public class ParquetReader : ParquetActor, IAsyncDisposable
{
    private readonly ParquetOptions _options;
    private readonly bool _leaveStreamOpen;
    private readonly FileMetaData _metadata;
    private readonly SchemaNode _root;
    private ParquetSchema? _schema;

    private ParquetReader(Stream input, FileMetaData metadata, ParquetOptions? options, bool leaveStreamOpen) : base(input)
    {
        _options = options ?? new ParquetOptions();
        _leaveStreamOpen = leaveStreamOpen;
        _metadata = metadata;
        _root = SchemaNode.Build(metadata.Schema);
        var columns = _root.Leaves();
        RowGroups = metadata.RowGroups.Select(group => new ParquetRowGroupReader(group, columns, input)).ToList();
    }

    /// <summary>Texts that the writer stored with the file.</summary>
    public Dictionary<string, string> CustomMetadata => KeyValues.ToDictionary(_metadata.KeyValueMetadata);

    public FileMetaData? Metadata => _metadata;

    public int RowGroupCount => RowGroups.Count;

    public IReadOnlyList<ParquetRowGroupReader> RowGroups { get; }

    /// <exception cref="NotSupportedException">The file has a column or a nesting that cannot be described.</exception>
    public ParquetSchema Schema => _schema ??= SchemaReader.Read(_root, _options);

    /// <summary>Opens a file, which the reader closes when disposed.</summary>
    public static async Task<ParquetReader> CreateAsync(
        string filePath, ParquetOptions? parquetOptions = null, CancellationToken cancellationToken = default)
    {
        var file = File.OpenRead(filePath);
        try
        {
            return await CreateAsync(file, parquetOptions, leaveStreamOpen: false, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens a stream, which stays the caller's unless told otherwise.</summary>
    /// <exception cref="IOException">The stream is no Parquet file.</exception>
    public static async Task<ParquetReader> CreateAsync(
        Stream input, ParquetOptions? parquetOptions = null, bool leaveStreamOpen = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!input.CanRead || !input.CanSeek)
        {
            throw new ArgumentException("The stream must be readable and seekable.", nameof(input));
        }

        var metadata = await Footer.ReadAsync(input, cancellationToken).ConfigureAwait(false);
        return new ParquetReader(input, metadata, parquetOptions, leaveStreamOpen);
    }

    public static async Task<ParquetSchema> ReadSchemaAsync(string filePath)
    {
        await using var reader = await CreateAsync(filePath).ConfigureAwait(false);
        return reader.Schema;
    }

    public static async Task<ParquetSchema> ReadSchemaAsync(Stream parquetStream)
    {
        await using var reader = await CreateAsync(parquetStream).ConfigureAwait(false);
        return reader.Schema;
    }

    public ParquetRowGroupReader OpenRowGroupReader(int index) => RowGroups[index];

    public ValueTask DisposeAsync() => _leaveStreamOpen ? ValueTask.CompletedTask : Stream.DisposeAsync();
}
