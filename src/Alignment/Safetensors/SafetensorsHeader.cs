using System.Buffers.Binary;
using System.Globalization;

namespace Alignment;

/// <summary>The validated header of a safetensors file: what it holds and where, with no byte unaccounted for.</summary>
/// <remarks>
/// The rules of the format, all of them enforced before any tensor is made: a length of at most 100 MB, UTF-8 JSON that starts with
/// <c>{</c>, no key twice, and tensors whose bytes follow one another from 0 to the end of the file without hole, overlap or remainder.
/// </remarks>
internal sealed class SafetensorsHeader
{
    private const int LengthBytes = 8;
    private const int LargestLength = 100_000_000;

    private SafetensorsHeader(
        List<TensorEntry> entries, Dictionary<string, TensorEntry> byName, Dictionary<string, string> metadata, long dataStart)
    {
        Entries = entries;
        ByName = byName;
        Metadata = metadata;
        DataStart = dataStart;
    }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<TensorEntry> Entries { get; }

    public IReadOnlyDictionary<string, TensorEntry> ByName { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Where in the file the data starts.</summary>
    public long DataStart { get; }

    /// <summary>Reads the header from the start of a seekable stream; <paramref name="file"/> is for messages.</summary>
    public static SafetensorsHeader Read(Stream stream, string file)
    {
        var available = stream.Length - LengthBytes;
        if (available < 0)
            throw new SafetensorsException(Message(file, $"must have at least {LengthBytes} bytes; has {stream.Length}."));
        Span<byte> prefix = stackalloc byte[LengthBytes];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LargestLength || (long)length > available)
            throw new SafetensorsException(Message(file,
                $"the header must be at most {Math.Min(LargestLength, available)} bytes long; its length says {length}."));

        var json = new byte[length];
        stream.ReadExactly(json);
        var (byName, metadata) = SafetensorsJson.Parse(json, file);
        List<TensorEntry> entries = [.. byName.Values];
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        RequireContiguous(entries, available - (long)length, file);
        return new SafetensorsHeader(entries, byName, metadata, LengthBytes + (long)length);
    }

    private static void RequireContiguous(List<TensorEntry> entries, long dataLength, string file)
    {
        var position = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != position)
                throw SafetensorsException.Of(file, entry.Name, Invariant(
                    $"data_offsets must start at {position}, where the tensor before ends; start at {entry.Begin}."));
            if (entry.End > dataLength)
                throw SafetensorsException.Of(file, entry.Name, Invariant(
                    $"data_offsets must end at {dataLength} or before, where the file ends; end at {entry.End}."));
            position = entry.End;
        }
        if (position != dataLength)
            throw new SafetensorsException(Message(file,
                $"tensors must fill all {dataLength} bytes after the header; they fill {position}."));
    }

    private static string Message(string file, FormattableString problem) => $"{file}: {Invariant(problem)}";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
