using Parquet;

namespace Alignment.Data.Reading;

/// <summary>A Parquet file from which nothing is read that was not checked before.</summary>
internal sealed class ParquetFile : IAsyncDisposable
{
    private readonly ParquetStream _stream;
    private readonly ParquetReader _reader;

    private ParquetFile(ParquetStream stream, ParquetReader reader) => (_stream, _reader) = (stream, reader);

    public ParquetReader Reader => _reader;

    public long Length => _stream.Length;

    /// <exception cref="InvalidDataException">The file's metadata are damaged; what the package itself refuses may be of any type.</exception>
    public static async Task<ParquetFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var stream = new ParquetStream(File.OpenRead(path));
        try
        {
            ParquetFooter.Check(stream);
            return new ParquetFile(stream, await ParquetReader.CreateAsync(stream, leaveStreamOpen: false, cancellationToken: cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ParquetRows Rows(int group) => new(_stream, _reader.OpenRowGroupReader(group));

    public ValueTask DisposeAsync() => _reader.DisposeAsync();
}
