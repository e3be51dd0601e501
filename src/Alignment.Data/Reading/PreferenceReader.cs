using System.Runtime.CompilerServices;

namespace Alignment.Data;

/// <summary>Streams preference pairs from Parquet: text columns <c>prompt</c>, <c>chosen</c> and <c>rejected</c>.</summary>
public static class PreferenceReader
{
    private static readonly string[] Columns = ["prompt", "chosen", "rejected"];

    /// <summary>Reads the pairs of a file in order, one row group in memory at a time.</summary>
    /// <param name="path">The Parquet file.</param>
    /// <param name="cancellationToken">Ends the reading by an exception.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file, its schema or a row is not as it should be; the message names file, row group, row and column.</exception>
    public static async IAsyncEnumerable<PreferencePair> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        await foreach (var row in ParquetTextReader.ReadAsync(path, Columns, cancellationToken).ConfigureAwait(false))
            yield return new PreferencePair(row[0], row[1], row[2]);
    }
}
