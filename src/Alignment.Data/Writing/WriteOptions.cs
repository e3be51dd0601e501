using System.IO.Compression;

namespace Alignment.Data;

/// <summary>How records are written to Parquet and JSONL files.</summary>
public sealed record WriteOptions
{
    private const int MostRows = 1 << 20;
    private const int MostCharacters = 1 << 28;   // 3 bytes each at most in UTF-8, and a Parquet page holds less than 2^31

    /// <summary>Rows after which a row group ends. One row group is in memory at a time.</summary>
    /// <value>The default is 10,000. From 1 to 1,048,576.</value>
    public int RowGroupRows { get; init => field = (int)Ensure.Within(value, 1, MostRows); } = 10_000;

    /// <summary>Characters (UTF-16) after which a row group ends, so that long texts don't fill the memory. A longer row has a group of its own.</summary>
    /// <value>The default is 16,777,216. From 1 to 268,435,456.</value>
    public int RowGroupCharacters { get; init => field = (int)Ensure.Within(value, 1, MostCharacters); } = 1 << 24;

    /// <summary>How Parquet pages are compressed.</summary>
    /// <value>The default is <see cref="ParquetCompression.Zstd"/>.</value>
    public ParquetCompression Compression { get; init => field = Ensure.Defined(value); } = ParquetCompression.Zstd;

    /// <summary>The effort of zstd and gzip, for Parquet and for <c>.jsonl.gz</c>.</summary>
    /// <value>The default is <see cref="CompressionLevel.Optimal"/>.</value>
    public CompressionLevel CompressionLevel { get; init => field = Ensure.Defined(value); } = CompressionLevel.Optimal;

    /// <summary>Optional columns that the file has in any case, by name; rows without a value hold null there.</summary>
    /// <value>
    /// The default is empty: a file has the optional columns of which some row has a value. Of a list or an array all rows are looked at; of
    /// a stream those of the first row group, and a value that comes later is an error which names the column, to be written here.
    /// </value>
    public IReadOnlyList<string> OptionalColumns { get; init => field = Ensure.NotNull(value); } = [];

    internal static long LongestRow => MostCharacters;
}
