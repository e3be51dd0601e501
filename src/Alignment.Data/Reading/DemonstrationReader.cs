using System.Runtime.CompilerServices;

namespace Alignment.Data;

/// <summary>Streams demonstrations from Parquet: text columns <c>prompt</c> and <c>completion</c>.</summary>
public static class DemonstrationReader
{
    private static readonly string[] Columns = ["prompt", "completion"];

    /// <summary>Reads the demonstrations of a file in order, one row group in memory at a time.</summary>
    /// <param name="path">The Parquet file.</param>
    /// <param name="cancellationToken">Ends the reading by an exception.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file, its schema or a row is not as it should be; the message names file, row group, row and column.</exception>
    public static async IAsyncEnumerable<Demonstration> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        await foreach (var row in ParquetTextReader.ReadAsync(path, Columns, cancellationToken).ConfigureAwait(false))
            yield return new Demonstration(row[0], row[1]);
    }
}
