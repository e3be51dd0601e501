namespace Alignment.Training;

/// <summary>
/// A file that grows by whole records, each of which is with the operating system when <see cref="Append"/> returns. Where the disk is full, what
/// there was of the record is taken back, so that all earlier ones stay readable.
/// </summary>
internal sealed class AppendFile : IDisposable
{
    private readonly FileStream _stream;
    private long _length;

    private AppendFile(FileStream stream) => (_stream, _length) = (stream, stream.Length);

    /// <summary>Its whole path.</summary>
    public string Path => _stream.Name;

    /// <summary>Opens a file; makes it, and its folder, where it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Bytes to keep of a file that is there; the rest is cut off.</param>
    /// <exception cref="IOException">It can't be opened.</exception>
    public static AppendFile Open(string path, long length) => Guard(path, () =>
    {
        var file = new AppendFile(Stream(path, FileMode.OpenOrCreate));
        try
        {
            file.CutBack(length);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    });

    /// <summary>Makes a file that must not be there yet.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It is there already, or can't be made.</exception>
    public static AppendFile Create(string path) => Guard(path, () => new AppendFile(Stream(path, FileMode.CreateNew)));

    /// <summary>Adds a record.</summary>
    /// <param name="record">Its bytes.</param>
    /// <exception cref="IOException">There is no room for it; the file ends with the record before.</exception>
    public void Append(ReadOnlySpan<byte> record)
    {
        try
        {
            _stream.Write(record);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TakeBack();
            throw Failed(_stream.Name, error);
        }
        _length += record.Length;
    }

    /// <summary>Brings all records to the disk, where they outlive a power failure.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public void FlushToDisk() => Guard(_stream.Name, () =>
    {
        _stream.Flush(flushToDisk: true);
        return true;
    });

    public void Dispose() => _stream.Dispose();

    // Without a buffer: a record is one call of the operating system, and nothing waits in this process for its end.
    private static FileStream Stream(string path, FileMode mode)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        return new FileStream(path, new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 });
    }

    private void CutBack(long length)
    {
        if (length < _length)
        {
            _stream.SetLength(length);
            _stream.Flush(flushToDisk: true);
            _length = length;
        }
        _stream.Position = _length;
    }

    private void TakeBack()
    {
        try
        {
            _stream.SetLength(_length);
            _stream.Position = _length;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // The first error tells more.
        }
    }

    private static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, error);
        }
    }

    private static IOException Failed(string path, Exception error) => new($"'{path}' can't be written: {error.Message}", error);
}
