using System;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Parquet.Codecs;

/// <summary>Zstandard frames, through the system's library.</summary>
internal static unsafe class Zstd
{
    /// <summary>ZSTD_error_dstSize_tooSmall of zstd_errors.h, as a returned size.</summary>
    private const nint TargetTooSmall = -70;

    public static int Decompress(ReadOnlySpan<byte> source, int limit, ref byte[] target)
    {
        for (var size = PageBuffer.Guess(source.Length, limit); ; size = PageBuffer.Next(size, limit))
        {
            PageBuffer.Reserve(ref target, size);
            var length = Decompress(source, target.AsSpan(0, size));
            if (ZSTD_isError(length) == 0)
            {
                return (int)length;
            }

            if ((nint)length != TargetTooSmall || size == limit)
            {
                throw new ParquetException($"A page is damaged: {Name(length)} in zstd.");
            }
        }
    }

    public static byte[] Compress(ReadOnlySpan<byte> source, CompressionLevel level)
    {
        var target = new byte[ZSTD_compressBound((nuint)source.Length)];
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            var length = ZSTD_compress(to, (nuint)target.Length, from, (nuint)source.Length, Effort(level));
            return ZSTD_isError(length) == 0 ? target[..(int)length] : throw new ParquetException($"{Name(length)} in zstd.");
        }
    }

    private static nuint Decompress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            return ZSTD_decompress(to, (nuint)target.Length, from, (nuint)source.Length);
        }
    }

    private static int Effort(CompressionLevel level) => level switch
    {
        CompressionLevel.Fastest or CompressionLevel.NoCompression => 1,
        CompressionLevel.SmallestSize => 19,
        _ => 3,
    };

    private static string? Name(nuint error) => Marshal.PtrToStringUTF8(ZSTD_getErrorName(error));

    [DllImport(NativeLibraries.Zstd)]
    private static extern nuint ZSTD_decompress(byte* target, nuint capacity, byte* source, nuint length);

    [DllImport(NativeLibraries.Zstd)]
    private static extern nuint ZSTD_compress(byte* target, nuint capacity, byte* source, nuint length, int level);

    [DllImport(NativeLibraries.Zstd)]
    private static extern nuint ZSTD_compressBound(nuint length);

    [DllImport(NativeLibraries.Zstd)]
    private static extern uint ZSTD_isError(nuint code);

    [DllImport(NativeLibraries.Zstd)]
    private static extern nint ZSTD_getErrorName(nuint code);
}
