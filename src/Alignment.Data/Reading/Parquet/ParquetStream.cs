namespace Alignment.Data.Reading;

/// <summary>A file that ends in an exception where it is read byte by byte beyond what has been checked.</summary>
/// <remarks>The package reads the headers of pages in this way, and takes the end of the file for a byte of ones: for ever, within a number.</remarks>
internal sealed class ParquetStream(Stream file) : Stream
{
    /// <summary>Where single bytes end.</summary>
    public long End { get; set; } = long.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position { get => file.Position; set => file.Position = value; }

    public override int ReadByte() =>
        file.Position < End && file.ReadByte() is >= 0 and var value ? value : throw new EndOfStreamException("its pages end before its values do.");

    public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => file.Read(buffer);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        file.ReadAsync(buffer, offset, count, cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => file.ReadAsync(buffer, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush() => file.Flush();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }
}
