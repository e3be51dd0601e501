using static TorchSharp.torch;

namespace Alignment;

/// <summary>Writes tensors as a safetensors file, one after another, without a second copy of any that is on the CPU and contiguous.</summary>
public static class SafetensorsWriter
{
    /// <summary>Writes a file, which appears under its name only when it is complete and on the disk.</summary>
    /// <param name="path">Where the file goes; one that is there is replaced.</param>
    /// <param name="tensors">Names and tensors of types that the format knows, on any device; each name once.</param>
    /// <param name="metadata">Strings for the header; <c>format = pt</c>, which transformers asks for, is added where it is missing.</param>
    /// <exception cref="ArgumentException">A name is given twice or is <c>__metadata__</c>, or the format has no such type.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(
        string path, IEnumerable<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var content = new SafetensorsContent(tensors, metadata);
        AtomicFile.Write(path, content.WriteTo, content.Length);
    }
}
