namespace Alignment.Data;

/// <summary>How the pages of a Parquet file are compressed.</summary>
public enum ParquetCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Snappy: fast, and read by everything.</summary>
    Snappy,

    /// <summary>Zstandard: smaller than gzip in a fraction of its time.</summary>
    Zstd,

    /// <summary>Gzip.</summary>
    Gzip,
}
