namespace Alignment;

/// <summary>Small files from a stranger, read only if they are small.</summary>
internal static class BoundedFile
{
    /// <summary>All bytes of a file, without a byte order mark; null if there are more than <paramref name="most"/>.</summary>
    public static ReadOnlyMemory<byte>? Read(string path, int most)
    {
        using var stream = File.OpenRead(path);
        var bytes = new byte[Math.Min(stream.Length, most) + 1];   // one more, by which a longer file shows
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (count == bytes.Length) return null;
        var all = bytes.AsMemory(0, count);
        return all.Span.StartsWith("\uFEFF"u8) ? all[3..] : all;
    }
}
