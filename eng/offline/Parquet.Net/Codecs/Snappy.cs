using System;
using System.Runtime.InteropServices;

namespace Parquet.Codecs;

/// <summary>Snappy blocks, through the system's library.</summary>
internal static unsafe class Snappy
{
    /// <summary>Three bytes copy at most 64, so no block grows more than this.</summary>
    private const int LargestExpansion = 22;

    public static int Decompress(ReadOnlySpan<byte> source, int limit, ref byte[] target)
    {
        fixed (byte* from = source)
        {
            if (snappy_uncompressed_length(from, (nuint)source.Length, out var length) != 0
                || length > (nuint)limit || length > (nuint)(LargestExpansion * (long)source.Length))
            {
                throw new ParquetException("A page is damaged: snappy gives no believable length.");
            }

            PageBuffer.Reserve(ref target, (int)length);
            fixed (byte* to = target)
            {
                return snappy_uncompress(from, (nuint)source.Length, to, ref length) == 0
                    ? (int)length
                    : throw new ParquetException("A page is damaged: snappy cannot decompress it.");
            }
        }
    }

    public static byte[] Compress(ReadOnlySpan<byte> source)
    {
        var length = snappy_max_compressed_length((nuint)source.Length);
        var target = new byte[length];
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            var status = snappy_compress(from, (nuint)source.Length, to, ref length);
            return status == 0 ? target[..(int)length] : throw new ParquetException($"snappy failed with status {status}.");
        }
    }

    [DllImport(NativeLibraries.Snappy)]
    private static extern int snappy_uncompressed_length(byte* source, nuint sourceLength, out nuint length);

    [DllImport(NativeLibraries.Snappy)]
    private static extern int snappy_uncompress(byte* source, nuint sourceLength, byte* target, ref nuint length);

    [DllImport(NativeLibraries.Snappy)]
    private static extern nuint snappy_max_compressed_length(nuint sourceLength);

    [DllImport(NativeLibraries.Snappy)]
    private static extern int snappy_compress(byte* source, nuint sourceLength, byte* target, ref nuint length);
}
