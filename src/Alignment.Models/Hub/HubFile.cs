using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Alignment.Models;

/// <summary>A file as the hub lists it. Git itself keeps the small ones; large ones lie beside it (LFS) under their SHA-256.</summary>
internal sealed record HubFile(string Name, long Size, string BlobId, string? Sha256)
{
    /// <summary>The hash that the bytes are checked against, which is the ETag and the name of the blob in the cache too.</summary>
    public string Hash => Sha256 ?? BlobId;

    public string HashName => Sha256 is null ? "git blob id" : "SHA-256";

    /// <summary>A hash that awaits the bytes of the file. Git's is the SHA-1 of a header and the bytes.</summary>
    public IncrementalHash StartHash()
    {
        if (Sha256 is not null) return IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {Size}\0")));
        return hash;
    }
}
