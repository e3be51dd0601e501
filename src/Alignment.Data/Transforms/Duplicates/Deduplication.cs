using System.Runtime.CompilerServices;

namespace Alignment.Data;

/// <summary>Removes duplicates from a stream of records.</summary>
public static class Deduplication
{
    /// <summary>Lets the first record of each kind through, in order. Where the number of the others matters, use a <see cref="Deduplicator"/>.</summary>
    /// <param name="records">The records.</param>
    /// <param name="key">What makes two records the same.</param>
    /// <param name="cancellationToken">Ends the stream by an exception.</param>
    /// <remarks>What was seen is kept for one pass; another pass over the result begins anew.</remarks>
    public static async IAsyncEnumerable<T> Deduplicate<T>(
        this IAsyncEnumerable<T> records,
        DuplicateKey key = DuplicateKey.Record,
        [EnumeratorCancellation] CancellationToken cancellationToken = default) where T : IPromptRecord
    {
        await foreach (var record in new Deduplicator(key).Filter(records, cancellationToken).ConfigureAwait(false)) yield return record;
    }
}
