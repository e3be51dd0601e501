using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Alignment.Data;

/// <summary>Encodes many rows on several threads; what comes out has the order of what goes in.</summary>
internal static class OrderedRows
{
    private const int Chunk = 1024;   // rows read ahead of a stream

    /// <summary>Encodes a list; rows for which there is null are left out.</summary>
    /// <param name="records">The rows.</param>
    /// <param name="encode">Encodes a row, given its place.</param>
    /// <param name="first">The place of the first.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="cancellationToken">Ends it by an exception.</param>
    public static List<TRow> Encode<TRecord, TRow>(
        IReadOnlyList<TRecord> records, Func<TRecord, long, TRow?> encode, long first, int threads, CancellationToken cancellationToken)
        where TRow : class
    {
        var rows = new TRow?[records.Count];
        var errors = new Exception?[records.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        var result = Parallel.For(0, rows.Length, options, (i, state) =>
        {
            try
            {
                rows[i] = encode(records[i], first + i);
            }
            catch (Exception error)
            {
                errors[i] = error;
                state.Break();   // rows before it are still encoded, so that the first error is the same for every number of threads
            }
        });
        if (result.LowestBreakIteration is { } place) ExceptionDispatchInfo.Throw(errors[place]!);
        return [.. rows.OfType<TRow>()];
    }

    /// <summary>Encodes a stream, some rows of it in memory at a time.</summary>
    public static async IAsyncEnumerable<TRow> EncodeAsync<TRecord, TRow>(
        IAsyncEnumerable<TRecord> records, Func<TRecord, long, TRow?> encode, int threads, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRow : class
    {
        long first = 0;
        await foreach (var chunk in records.Chunk(Chunk).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var row in Encode(chunk, encode, first, threads, cancellationToken)) yield return row;
            first += chunk.Length;
        }
    }
}
