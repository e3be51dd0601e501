using System.Buffers;
using System.Security.Cryptography;

namespace Alignment.Models;

/// <summary>A file while it comes in: its bytes on the disk and the hash of them all, those of an earlier attempt too.</summary>
internal sealed class PartialFile : IAsyncDisposable
{
    private const int BufferSize = 1 << 17;

    private readonly HubFile file;
    private readonly FileStream stream;
    private IncrementalHash hash;

    private PartialFile(HubFile file, FileStream stream)
    {
        this.file = file;
        this.stream = stream;
        hash = file.StartHash();
    }

    /// <summary>Bytes that are here.</summary>
    public long Length => stream.Position;

    /// <summary>Whether some of the bytes were here before this object.</summary>
    public bool IsResumed { get; private set; }

    public static async Task<PartialFile> OpenAsync(HubFile file, string path, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, BufferSize, FileOptions.Asynchronous);
        var partial = new PartialFile(file, stream);
        try
        {
            await partial.ReadPresentAsync(cancellationToken).ConfigureAwait(false);
            return partial;
        }
        catch
        {
            await partial.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        hash.AppendData(bytes.Span);
    }

    /// <summary>Starts at the first byte again.</summary>
    public void Restart()
    {
        stream.SetLength(0);
        hash.Dispose();
        hash = file.StartHash();
        IsResumed = false;
    }

    /// <summary>The hash of all bytes, after which there can be no more.</summary>
    public string Hash()
    {
        stream.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public async ValueTask DisposeAsync()
    {
        hash.Dispose();
        await stream.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ReadPresentAsync(CancellationToken cancellationToken)
    {
        IsResumed = stream.Length > 0;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;) hash.AppendData(buffer, 0, count);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
