using System.Runtime.CompilerServices;
using Alignment.Training;

namespace Alignment.Data;

/// <summary>Shuffles a stream that is too long for the memory.</summary>
public static class BufferedShuffle
{
    /// <summary>Holds some rows back and gives one of them, drawn at random, for each further row that comes.</summary>
    /// <param name="rows">The stream.</param>
    /// <param name="bufferSize">
    /// Rows held in memory. A row comes fewer than that many places early, and may come any number of places late; with as many rows as
    /// the stream has, the order is uniformly random. Where all rows fit into memory, <see cref="ShuffledOrder"/> is the better choice.
    /// </param>
    /// <param name="seed">What the order is drawn from.</param>
    /// <param name="epoch">The pass over the data, which has an order of its own.</param>
    /// <param name="position">
    /// Rows that an earlier, interrupted pass has given already. Seed, epoch and position are all there is to save: the stream is read again from
    /// its start, the rows that were given are dropped, and those that follow are the same to the last.
    /// </param>
    /// <param name="cancellationToken">Ends the stream by an exception.</param>
    /// <exception cref="ArgumentOutOfRangeException">The buffer holds nothing, or the epoch or the position is negative.</exception>
    public static IAsyncEnumerable<T> ShuffleBuffered<T>(
        this IAsyncEnumerable<T> rows, int bufferSize, int seed, int epoch = 0, long position = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Ensure.AtLeast(bufferSize, 1, nameof(bufferSize));
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        var random = SplitMix64.Of(seed, Ensure.AtLeast(epoch, 0, nameof(epoch)));
        return After(position, ShuffledAsync(rows, bufferSize, random, cancellationToken), cancellationToken);
    }

    private static async IAsyncEnumerable<T> ShuffledAsync<T>(
        IAsyncEnumerable<T> rows, int bufferSize, SplitMix64 random, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var held = new List<T>();
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (held.Count < bufferSize)
            {
                held.Add(row);
                continue;
            }
            var drawn = (int)random.Below((ulong)bufferSize);
            yield return held[drawn];
            held[drawn] = row;
        }
        while (held.Count > 0)
        {
            var drawn = (int)random.Below((ulong)held.Count);
            yield return held[drawn];
            held[drawn] = held[^1];
            held.RemoveAt(held.Count - 1);
        }
    }

    private static async IAsyncEnumerable<T> After<T>(
        long position, IAsyncEnumerable<T> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
            if (--position < 0) yield return row;
    }
}
