using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Alignment;

/// <summary>128 bits that tell a prompt with its response from every other: the beginning of a SHA-256 over their ids.</summary>
/// <param name="Value">The bits.</param>
public readonly record struct SequenceKey(UInt128 Value)
{
    /// <summary>The key of a sequence.</summary>
    /// <param name="prompt">Ids of the prompt.</param>
    /// <param name="response">Ids of the response.</param>
    /// <param name="mask">Which of the response's tokens are predicted; null for all.</param>
    public static SequenceKey Of(IReadOnlyList<int> prompt, IReadOnlyList<int> response, IReadOnlyList<bool>? mask = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(response);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append([prompt.Count, response.Count]);   // so that a token can't change sides
        Append(TokenIds.Span(prompt));
        Append(TokenIds.Span(response));
        if (mask is not null) hash.AppendData([.. mask.Select(counts => counts ? (byte)1 : (byte)0)]);
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return new SequenceKey(BinaryPrimitives.ReadUInt128BigEndian(digest));

        void Append(ReadOnlySpan<int> ids)
        {
            if (BitConverter.IsLittleEndian)
            {
                hash.AppendData(MemoryMarshal.AsBytes(ids));
                return;
            }
            foreach (var id in ids) hash.AppendData(BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(id)));
        }
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
