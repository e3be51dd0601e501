using System;
using System.Buffers.Binary;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Parquet.Meta;
using Parquet.Meta.Proto;

namespace Parquet;

/// <summary>The end of a file: metadata, its length in four bytes, and the magic that also begins the file.</summary>
internal static class Footer
{
    private const int TailLength = 8;

    public static ReadOnlyMemory<byte> Magic { get; } = "PAR1"u8.ToArray();

    /// <summary>Reads the metadata and leaves the stream where it begins.</summary>
    /// <exception cref="IOException">The stream is no Parquet file.</exception>
    public static async Task<FileMetaData> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (stream.Length < Magic.Length + TailLength)
        {
            throw new IOException($"This is not a Parquet file: it has only {stream.Length} bytes.");
        }

        var head = await ReadAsync(stream, 0, Magic.Length, cancellationToken).ConfigureAwait(false);
        var tail = await ReadAsync(stream, stream.Length - TailLength, TailLength, cancellationToken).ConfigureAwait(false);
        if (!Magic.Span.SequenceEqual(head) || !Magic.Span.SequenceEqual(tail.AsSpan(TailLength - Magic.Length)))
        {
            throw new IOException(
                $"This is not a Parquet file: it begins with {Convert.ToHexString(head)} and ends with {Convert.ToHexString(tail)}.");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        var start = stream.Length - TailLength - length;
        if (length <= 0 || start < Magic.Length)
        {
            throw new ParquetException($"The file is damaged: a footer of {length} bytes in a file of {stream.Length}.");
        }

        var footer = await ReadAsync(stream, start, length, cancellationToken).ConfigureAwait(false);
        stream.Position = start;
        return (FileMetaData)new ThriftReader(new MemoryStream(footer)).ReadStruct(ThriftShape.OfFile);
    }

    public static byte[] Write(FileMetaData metadata)
    {
        using var footer = new MemoryStream();
        new ThriftWriter(footer).WriteStruct(ThriftShape.OfFile, metadata);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, (int)footer.Length);
        footer.Write(length);
        footer.Write(Magic.Span);
        return footer.ToArray();
    }

    private static async Task<byte[]> ReadAsync(Stream stream, long start, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        stream.Position = start;
        await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }
}
