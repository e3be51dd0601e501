using System.IO.Compression;

namespace Alignment.Data.Reading;

/// <summary>Reads gzip, and ends in an error where the file ends too early.</summary>
/// <remarks>
/// <see cref="GZipStream"/> takes a file that was cut anywhere for one that ends there. So a member of our own is put after the file's last one: only
/// where that one is whole does ours come out at the end. The stream reads forward alone and for one reader at a time.
/// </remarks>
internal sealed class WholeGzipStream : ForwardStream
{
    private static readonly byte[] Mark = [0xFF, 0x00, 0xFE, 0x01, 0xFD, 0x02, 0xFC, 0x03];   // no text holds this

    private readonly GZipStream _gzip;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    public WholeGzipStream(Stream file) => _gzip = new GZipStream(new FollowedStream(file, Compressed(Mark)), CompressionMode.Decompress);

    /// <summary>Reads what is certain not to belong to the mark.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or ends too early.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_end - _start <= Mark.Length && !_ended)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = await _gzip.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _end += read;
            _ended = read == 0;
        }
        if (_ended && !_buffer.AsSpan(_start, _end - _start).EndsWith(Mark)) throw new InvalidDataException("the file ends too early, or something follows its end.");
        var length = Math.Min(buffer.Length, _end - _start - Mark.Length);
        _buffer.AsSpan(_start, length).CopyTo(buffer.Span);
        _start += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Compressed(byte[] bytes)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal)) gzip.Write(bytes);
        return target.ToArray();
    }

    /// <summary>A file and then some bytes.</summary>
    private sealed class FollowedStream(Stream file, byte[] after) : ForwardStream
    {
        private int _given;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0) return read;
            var length = Math.Min(buffer.Length, after.Length - _given);
            after.AsSpan(_given, length).CopyTo(buffer.Span);
            _given += length;
            return length;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) file.Dispose();
            base.Dispose(disposing);
        }
    }
}
