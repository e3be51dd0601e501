using System.IO.Compression;

namespace Parquet;

/// <summary>Settings of readers and writers.</summary>
public class ParquetOptions
{
    /// <value>The default is snappy.</value>
    public CompressionMethod CompressionMethod { get; set; } = CompressionMethod.Snappy;

    /// <summary>Effort of gzip, brotli and zstd.</summary>
    /// <value>The default is the smallest and slowest.</value>
    public CompressionLevel CompressionLevel { get; set; } = CompressionLevel.SmallestSize;

    /// <summary>Whether a column of bytes without an annotation is read as UTF-8 text.</summary>
    /// <value>The default is false.</value>
    public bool TreatByteArrayAsString { get; set; }
}
