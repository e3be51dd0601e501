using System.Globalization;
using static TorchSharp.torch;

namespace Alignment;

/// <summary>A safetensors file, open for reading: its header is validated, its tensors are read when asked for.</summary>
/// <remarks>
/// Tensors are read by position straight into the memory of their destination: one copy, from the system's page cache. A mapping would make
/// the same copy, but a file that somebody shortens meanwhile would then end the process instead of throwing.
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    private const int ChunkBytes = 4 << 20;   // a piece that is converted on the way; small beside any model

    private readonly FileStream stream;
    private readonly SafetensorsHeader header;

    private SafetensorsFile(string path, FileStream stream)
    {
        Path = path;
        this.stream = stream;
        header = SafetensorsHeader.Read(stream, path);
        Names = [.. header.Entries.Select(entry => entry.Name)];
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>Names of the tensors, in the order of their bytes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The strings that the writer added, for example <c>format</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Opens a file and validates its header.</summary>
    /// <param name="path">A .safetensors file.</param>
    /// <returns>The file, to be disposed.</returns>
    /// <exception cref="SafetensorsException">The file breaks a rule of the format.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            return new SafetensorsFile(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file holds a tensor of this name.</summary>
    /// <param name="name">Name of a tensor.</param>
    public bool Contains(string name) => header.ByName.ContainsKey(name);

    /// <summary>Shape of a tensor.</summary>
    /// <param name="name">Name of a tensor.</param>
    /// <exception cref="SafetensorsException">There is no tensor of this name.</exception>
    public IReadOnlyList<long> Shape(string name) => Entry(name).Shape;

    /// <summary>Type of a tensor's numbers as they are stored.</summary>
    /// <param name="name">Name of a tensor.</param>
    /// <exception cref="SafetensorsException">There is no tensor of this name.</exception>
    public ScalarType DataType(string name) => Entry(name).DataType;

    /// <summary>Reads a tensor into an existing one, which keeps its device and type; floating-point numbers are converted in pieces.</summary>
    /// <param name="name">Name of a tensor.</param>
    /// <param name="destination">A contiguous tensor of the same shape.</param>
    /// <exception cref="SafetensorsException">There is no such tensor, it doesn't fit, or the file ended early.</exception>
    /// <exception cref="ArgumentException">The destination is not contiguous.</exception>
    public void CopyTo(string name, Tensor destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var entry = Entry(name);
        RequireFit(entry, destination);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var flat = destination.detach().view(-1);
        var itemSize = SafetensorsTypes.Size(entry.DataType);
        var isDirect = destination.dtype == entry.DataType && destination.device_type == TorchSharp.DeviceType.CPU;
        for (long start = 0, step = ChunkBytes / itemSize; start < entry.Elements; start += step)
        {
            using var chunk = NewDisposeScope();
            var target = flat.narrow(0, start, Math.Min(step, entry.Elements - start));
            var position = header.DataStart + entry.Begin + start * itemSize;
            if (isDirect)
            {
                Read(entry, target.bytes, position);
                continue;
            }
            var stored = empty(target.NumberOfElements, dtype: entry.DataType, device: CPU);
            Read(entry, stored.bytes, position);
            target.copy_(stored);
        }
    }

    /// <summary>Reads a tensor as it is stored.</summary>
    /// <param name="name">Name of a tensor.</param>
    /// <returns>A new tensor on the CPU, owned by the caller or its dispose scope.</returns>
    /// <exception cref="SafetensorsException">There is no such tensor, or the file ended early.</exception>
    public Tensor Read(string name)
    {
        var entry = Entry(name);
        var tensor = empty(entry.Shape, dtype: entry.DataType, device: CPU);
        CopyTo(name, tensor);
        return tensor;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    /// <summary>Whether two tensors, perhaps of two files, have the same type, shape and bytes.</summary>
    internal bool HasSame(string name, SafetensorsFile other, string otherName)
    {
        var (one, two) = (Entry(name), other.Entry(otherName));
        if (one.DataType != two.DataType || !one.Shape.AsSpan().SequenceEqual(two.Shape)) return false;
        var (left, right) = (new byte[1 << 16], new byte[1 << 16]);
        for (long start = 0, length = one.End - one.Begin; start < length; start += left.Length)
        {
            var count = (int)Math.Min(left.Length, length - start);
            Read(one, left.AsSpan(0, count), header.DataStart + one.Begin + start);
            other.Read(two, right.AsSpan(0, count), other.header.DataStart + two.Begin + start);
            if (!left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count))) return false;
        }
        return true;
    }

    private TensorEntry Entry(string name) =>
        header.ByName.TryGetValue(name, out var entry) ? entry : throw SafetensorsException.Of(Path, name, "is not in the file.");

    private void RequireFit(TensorEntry entry, Tensor destination)
    {
        if (!destination.shape.AsSpan().SequenceEqual(entry.Shape))
            throw SafetensorsException.Of(Path, entry.Name, string.Create(CultureInfo.InvariantCulture,
                $"shape must be [{string.Join(", ", destination.shape)}]; was [{string.Join(", ", entry.Shape)}]."));
        if (destination.dtype != entry.DataType && !(is_floating_point(destination.dtype) && is_floating_point(entry.DataType)))
            throw SafetensorsException.Of(Path, entry.Name,
                $"dtype must convert to {destination.dtype}; was {SafetensorsTypes.Name(entry.DataType)}.");
        if (!destination.is_contiguous())
            throw new ArgumentException(
                $"The destination of {SafetensorsException.Quoted(entry.Name)} must be contiguous.", nameof(destination));
    }

    private void Read(TensorEntry entry, Span<byte> bytes, long position)
    {
        while (!bytes.IsEmpty)
        {
            var count = RandomAccess.Read(stream.SafeFileHandle, bytes, position);
            if (count == 0)
                throw SafetensorsException.Of(Path, entry.Name, "the file ended before the tensor; it was complete when opened.");
            bytes = bytes[count..];
            position += count;
        }
    }
}
