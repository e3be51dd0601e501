using System;

namespace Parquet.Codecs;

/// <summary>
/// A page's header says how large the page becomes, but a damaged one says anything, and some codecs have no bound on what a few
/// bytes may become. Buffers therefore start from the compressed size and grow only as the decoder really fills them.
/// </summary>
internal static class PageBuffer
{
    private const int SmallestGuess = 1 << 16;
    private const int UsualExpansion = 32;

    /// <summary>A size to begin with, at most <paramref name="limit"/>.</summary>
    public static int Guess(int compressed, int limit) =>
        (int)Math.Min(limit, Math.Max(SmallestGuess, (long)UsualExpansion * compressed));

    /// <summary>The next size after <paramref name="size"/>, at most <paramref name="limit"/>.</summary>
    public static int Next(int size, int limit) => (int)Math.Min(limit, 2L * size);

    /// <summary>Makes room without keeping what was there.</summary>
    public static void Reserve(ref byte[] buffer, int size)
    {
        if (buffer.Length < size)
        {
            buffer = GC.AllocateUninitializedArray<byte>(size);
        }
    }
}
