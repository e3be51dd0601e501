using System;
using System.IO;
using System.IO.Compression;
using Parquet.Meta;

namespace Parquet.Codecs;

/// <summary>Compresses and decompresses whole pages.</summary>
internal static class Codec
{
    /// <summary>
    /// Decompresses into <paramref name="target"/>, which is replaced by a larger one where needed, and returns how much of it is
    /// filled. What becomes longer than <paramref name="limit"/> is damaged; some writers state a limit that is too large.
    /// </summary>
    public static int Decompress(CompressionCodec codec, ArraySegment<byte> source, int limit, ref byte[] target)
    {
        switch (codec)
        {
            case CompressionCodec.SNAPPY:
                return Snappy.Decompress(source, limit, ref target);
            case CompressionCodec.GZIP:
                using (var gzip = new GZipStream(Readable(source), CompressionMode.Decompress))
                {
                    return StreamCodec.Decompress(gzip, source.Count, limit, ref target);
                }

            case CompressionCodec.BROTLI:
                using (var brotli = new BrotliStream(Readable(source), CompressionMode.Decompress))
                {
                    try
                    {
                        return StreamCodec.Decompress(brotli, source.Count, limit, ref target);
                    }
                    catch (InvalidOperationException exception) // what BrotliStream says of damaged data
                    {
                        throw new ParquetException("A page is damaged: brotli cannot decompress it.", exception);
                    }
                }

            case CompressionCodec.ZSTD:
                return Zstd.Decompress(source, limit, ref target);
            case CompressionCodec.LZ4_RAW:
                return Lz4.Decompress(source, limit, ref target);
            default:
                throw Unsupported(codec.ToString());
        }
    }

    public static ReadOnlyMemory<byte> Compress(
        CompressionMethod method, CompressionLevel level, ReadOnlyMemory<byte> source) => method switch
    {
        CompressionMethod.None => source,
        CompressionMethod.Snappy => Snappy.Compress(source.Span),
        CompressionMethod.Gzip => StreamCodec.Compress(source.Span, target => new GZipStream(target, level, leaveOpen: true)),
        CompressionMethod.Brotli => StreamCodec.Compress(source.Span, target => new BrotliStream(target, level, leaveOpen: true)),
        CompressionMethod.Zstd => Zstd.Compress(source.Span, level),
        CompressionMethod.Lz4Raw => Lz4.Compress(source.Span),
        _ => throw Unsupported(method.ToString()),
    };

    private static MemoryStream Readable(ArraySegment<byte> source) => new(source.Array!, source.Offset, source.Count, writable: false);

    private static NotSupportedException Unsupported(string name) => new($"Compression {name} is not supported.");
}
