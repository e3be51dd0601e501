using System.Security.Cryptography;

namespace Alignment;

/// <summary>Size and SHA-256 of a file's bytes.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 hexadecimal digits, lower case.</param>
internal sealed record FileDigest(long Size, string Sha256)
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Writes a new file and flushes it to the disk; the digest comes from the bytes on their way, not by reading back.</summary>
    /// <param name="path">The file, which must not be there yet.</param>
    /// <param name="write">Writes it to a stream.</param>
    /// <param name="size">Its size in bytes where it is known: a disk without room for it is then found before anything is written.</param>
    public static FileDigest Write(string path, Action<Stream> write, long size = 0)
    {
        using var file = AtomicFile.Create(path, size);
        using var hashing = new HashingStream(file);
        write(hashing);
        file.Flush(flushToDisk: true);
        return hashing.Digest();
    }

    /// <summary>Reads a file to its end.</summary>
    public static FileDigest Of(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        var size = 0L;
        for (int count; (count = file.Read(buffer)) > 0; size += count) hash.AppendData(buffer, 0, count);
        return new FileDigest(size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
