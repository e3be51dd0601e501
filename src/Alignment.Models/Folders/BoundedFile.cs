namespace Alignment.Models;

/// <summary>Small files from a stranger, read only if they are small.</summary>
internal static class BoundedFile
{
    /// <summary>All bytes of a file, without a byte order mark; null if there are more than <paramref name="most"/>.</summary>
    public static ReadOnlyMemory<byte>? Read(string path, int most)
    {
        using var stream = File.OpenRead(path);
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 14];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            if (bytes.Length + count > most) return null;
            bytes.Write(buffer, 0, count);
        }
        var all = bytes.ToArray();
        return all.AsSpan().StartsWith("\uFEFF"u8) ? all.AsMemory(3) : all;
    }
}
