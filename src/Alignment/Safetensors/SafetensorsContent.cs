using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using static TorchSharp.torch;

namespace Alignment;

/// <summary>The bytes of a safetensors file of given tensors: their number is known before the first is written.</summary>
internal sealed class SafetensorsContent
{
    private const int Alignment = 8;           // the header is padded with spaces, so that the data starts at a multiple of this
    private const int ChunkBytes = 16 << 20;

    private static readonly Dictionary<string, string> PyTorch = new() { ["format"] = "pt" };

    private readonly List<(string Name, Tensor Tensor)> ordered;
    private readonly byte[] header;

    /// <param name="tensors">Names and tensors of types that the format knows, on any device; each name once.</param>
    /// <param name="metadata">Strings for the header.</param>
    /// <exception cref="ArgumentException">A name is given twice or is <c>__metadata__</c>, or the format has no such type.</exception>
    public SafetensorsContent(IEnumerable<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        // Wide numbers first, as the format's own library does: then each tensor is aligned to its numbers.
        ordered = tensors.Select(Checked)
            .OrderByDescending(entry => SafetensorsTypes.Size(entry.Tensor.dtype))
            .ThenBy(entry => entry.Name, StringComparer.Ordinal)
            .ToList();
        var names = new HashSet<string>();
        foreach (var (name, _) in ordered)
            if (!names.Add(name))
                throw new ArgumentException(
                    $"Each tensor must have a name of its own; {SafetensorsException.Quoted(name)} was given twice.", nameof(tensors));
        header = Header(ordered, metadata ?? PyTorch);
    }

    /// <summary>Size of the file in bytes.</summary>
    public long Length => header.Length + ordered.Sum(entry => Bytes(entry.Tensor));

    /// <summary>Writes everything, one tensor after another, without a second copy of any that is on the CPU and contiguous.</summary>
    public void WriteTo(Stream stream)
    {
        stream.Write(header);
        foreach (var (_, tensor) in ordered) WriteData(stream, tensor);
    }

    private static (string Name, Tensor Tensor) Checked((string Name, Tensor Tensor) entry)
    {
        if (entry.Name == "__metadata__")
            throw new ArgumentException("A tensor must not be called '__metadata__': the format keeps this name for itself.", nameof(entry));
        return SafetensorsTypes.Has(entry.Tensor.dtype)
            ? entry
            : throw new ArgumentException(
                $"Tensor {SafetensorsException.Quoted(entry.Name)} must be one of {SafetensorsTypes.Allowed}; was {entry.Tensor.dtype}.",
                nameof(entry));
    }

    private static byte[] Header(List<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata.ContainsKey("format") ? metadata : metadata.Concat(PyTorch)) json.WriteString(key, value);
            json.WriteEndObject();
            var position = 0L;
            foreach (var (name, tensor) in tensors)
            {
                var end = position + Bytes(tensor);
                json.WriteStartObject(name);
                json.WriteString("dtype", SafetensorsTypes.Name(tensor.dtype));
                WriteArray(json, "shape", tensor.shape);
                WriteArray(json, "data_offsets", [position, end]);
                json.WriteEndObject();
                position = end;
            }
            json.WriteEndObject();
        }
        var length = (text.WrittenCount + Alignment - 1) / Alignment * Alignment;
        var header = new byte[sizeof(ulong) + length];
        header.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        text.WrittenSpan.CopyTo(header.AsSpan(sizeof(ulong)));
        return header;
    }

    private static void WriteArray(Utf8JsonWriter json, string name, ReadOnlySpan<long> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    internal static void WriteData(Stream stream, Tensor tensor)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var flat = tensor.detach().contiguous().view(-1);
        for (long start = 0, step = ChunkBytes / SafetensorsTypes.Size(tensor.dtype); start < flat.NumberOfElements; start += step)
        {
            using var chunk = NewDisposeScope();
            stream.Write(flat.narrow(0, start, Math.Min(step, flat.NumberOfElements - start)).cpu().bytes);
        }
    }

    private static long Bytes(Tensor tensor) => tensor.NumberOfElements * SafetensorsTypes.Size(tensor.dtype);
}
