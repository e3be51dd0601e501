using System.Runtime.CompilerServices;
using Alignment.Data.Transforms;
using Alignment.Training;

namespace Alignment.Data;

/// <summary>Mixes several streams into one in given shares.</summary>
/// <remarks>
/// Turns are not drawn one by one, whose shares would stray by the square root of the rows, but planned: source i has its rows at the times
/// (n + u_i) / w_i for n = 0, 1, 2, ..., with a phase u_i drawn once from [0, 1), and the earliest comes next. Among the first n rows of k
/// sources the share of each is off by less than max(1, k - 1) rows, for every n: each batch of a training run has the mixture that was asked for.
/// Rows stay in the order of their source: shuffle before or after.
/// </remarks>
public static class Mixing
{
    /// <summary>Mixes the sources. One row of each is in memory.</summary>
    /// <param name="sources">The streams and their weights.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the stream by an exception.</param>
    /// <exception cref="ArgumentException">There is no source.</exception>
    /// <exception cref="DataFormatException">A source that is to be repeated has no rows.</exception>
    public static IAsyncEnumerable<T> Mix<T>(
        IReadOnlyList<MixSource<T>> sources, MixOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Count == 0) throw new ArgumentException("A mixture needs at least one source.", nameof(sources));
        return MixedAsync([.. sources], options ?? new(), cancellationToken);
    }

    private static async IAsyncEnumerable<T> MixedAsync<T>(
        MixSource<T>[] sources, MixOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var random = new SplitMix64(new SplitMix64((ulong)options.Seed).Next());
        var streams = new MixStream<T>[sources.Length];
        for (var i = 0; i < sources.Length; i++) streams[i] = new MixStream<T>(sources[i], i, random.Unit());
        try
        {
            while (Earliest(streams) is { } next)
            {
                if (await next.MoveNextAsync(cancellationToken).ConfigureAwait(false))
                {
                    yield return next.Current;
                }
                else if (options.Stop == MixStop.FirstExhausted)
                {
                    yield break;
                }
                else if (options.Stop == MixStop.AllExhausted)
                {
                    next.IsClosed = true;
                }
                else
                {
                    if (streams.All(stream => stream == next || stream.HasEnded)) yield break;
                    await next.RestartAsync().ConfigureAwait(false);
                }
            }
        }
        finally
        {
            foreach (var stream in streams) await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static MixStream<T>? Earliest<T>(MixStream<T>[] streams) => streams.Where(stream => !stream.IsClosed).MinBy(stream => stream.Time);
}
