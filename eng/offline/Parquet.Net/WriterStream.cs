using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Parquet;

/// <summary>A stream that knows how far it is written, even where it cannot say so itself.</summary>
internal sealed class WriterStream(Stream stream)
{
    public long Position { get; private set; } = stream.CanSeek ? stream.Position : 0;

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        Position += bytes.Length;
    }
}
