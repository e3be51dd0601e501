using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Alignment.Training;

/// <summary>SHA-256 over the canonical bytes of tokenized rows.</summary>
/// <remarks>
/// First <c>alignment-rows-1:</c>, the kind of the rows and a 0. Then row by row, field by field, all little-endian: a list of ids as its
/// length and the ids, 4 bytes each; a yes or no as one byte; a number that may be missing as one byte 0, or 1 and the 8 bytes of
/// the float64; a mask that may be missing as length -1, or its length in 4 bytes and a byte each. No two lists of rows have the same bytes.
/// </remarks>
internal sealed class RowHasher : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _used;

    public RowHasher(string kind) => Append(Encoding.ASCII.GetBytes($"alignment-rows-1:{kind}\0"));

    /// <summary>Token ids so far.</summary>
    public long Tokens { get; private set; }

    public void Add(IReadOnlyList<int> ids)
    {
        Add(ids.Count);
        Tokens += ids.Count;
        var span = TokenIds.Span(ids);
        if (BitConverter.IsLittleEndian) Append(MemoryMarshal.AsBytes(span));
        else foreach (var id in span) Add(id);
    }

    public void Add(bool value) => Append([value ? (byte)1 : (byte)0]);

    public void Add(double? value)
    {
        Add(value is not null);
        if (value is not { } number) return;
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
        Append(bytes);
    }

    public void Add(IReadOnlyList<bool>? mask)
    {
        Add(mask?.Count ?? -1);
        foreach (var counts in mask ?? []) Add(counts);
    }

    /// <summary>The hash of everything so far, 64 hexadecimal digits.</summary>
    public string Sha256()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetCurrentHash());
    }

    public void Dispose() => _hash.Dispose();

    private void Add(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Append(bytes);
    }

    // Rows are short and a call of the hash is not: they are gathered first.
    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _used) Flush();
        if (bytes.Length > _buffer.Length)
        {
            _hash.AppendData(bytes);
            return;
        }
        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _used);
        _used = 0;
    }
}
