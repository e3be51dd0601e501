namespace Alignment.Data.Reading;

/// <summary>Lines of bytes from a stream. A line over the limit is passed over without being held.</summary>
internal sealed class LineReader(Stream stream, int maxBytes) : IAsyncDisposable
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The line without its line feed (a carriage return is white space to JSON), until the next one is read; empty where it was too long.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Its number, from 1.</summary>
    public long Number { get; private set; }

    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line; false after the last.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        IsTooLong = false;
        for (var searched = 0; ;)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                Take(searched + length);
                _start += searched + length + 1;
                return true;
            }
            if (_ended && (_end > _start || IsTooLong))
            {
                Take(_end - _start);
                _start = _end;
                return true;
            }
            if (_ended) return false;
            if (IsTooLong || _end - _start > maxBytes)
            {
                IsTooLong = true;
                _start = _end;
            }
            searched = _end - _start;
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private void Take(int length)
    {
        Number++;
        IsTooLong |= length > maxBytes;
        Line = IsTooLong ? default : _buffer.AsMemory(_start, length);
        if (Number == 1 && Line.Span.StartsWith(ByteOrderMark)) Line = Line[ByteOrderMark.Length..];
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, Math.Max(_buffer.Length, (long)maxBytes) + 2));
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        _ended = read == 0;
    }
}
