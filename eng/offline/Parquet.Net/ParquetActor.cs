using System;
using System.IO;

namespace Parquet;

/// <summary>What readers and writers share.</summary>
public class ParquetActor
{
    internal ParquetActor(Stream stream) => Stream = stream ?? throw new ArgumentNullException(nameof(stream));

    /// <summary>The stream that is read or written.</summary>
    protected Stream Stream { get; }
}
