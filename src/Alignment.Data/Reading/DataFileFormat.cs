namespace Alignment.Data;

/// <summary>How a data file is stored.</summary>
public enum DataFileFormat
{
    /// <summary>Parquet.</summary>
    Parquet,

    /// <summary>One JSON object a line, in UTF-8.</summary>
    JsonLines,

    /// <summary>One JSON object a line, compressed by gzip.</summary>
    GzipJsonLines,
}
