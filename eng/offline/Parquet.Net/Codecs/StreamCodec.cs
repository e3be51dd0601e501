using System;
using System.IO;
using System.IO.Compression;

namespace Parquet.Codecs;

/// <summary>Gzip and brotli, which .NET offers as streams.</summary>
internal static class StreamCodec
{
    /// <exception cref="InvalidDataException">The stream is damaged.</exception>
    public static int Decompress(Stream source, int compressed, int limit, ref byte[] target)
    {
        PageBuffer.Reserve(ref target, PageBuffer.Guess(compressed, limit));
        var length = 0;
        while (true)
        {
            var room = target.AsSpan(length, Math.Min(limit, target.Length) - length);
            var read = source.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
            length += read;
            if (read < room.Length)
            {
                return length;
            }

            if (length == limit)
            {
                return source.ReadByte() < 0
                    ? length
                    : throw new ParquetException($"A page is damaged: it is larger than the {limit} bytes that its header says.");
            }

            Array.Resize(ref target, PageBuffer.Next(target.Length, limit));
        }
    }

    public static byte[] Compress(ReadOnlySpan<byte> source, Func<Stream, Stream> compressor)
    {
        using var target = new MemoryStream();
        using (var stream = compressor(target))
        {
            stream.Write(source);
        }

        return target.ToArray();
    }
}
