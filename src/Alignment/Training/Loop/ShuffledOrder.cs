using System.Collections;

namespace Alignment.Training;

/// <summary>The random order of one pass over rows that can be read by number.</summary>
/// <remarks>
/// Fisher-Yates with a generator of our own choosing: <see cref="Random"/> may differ between versions of .NET. Count, seed and epoch give
/// the same order everywhere, so that a run's place in its data is three numbers: seed, epoch and position. Going on from a position
/// replays nothing, and takes the milliseconds that drawing the order takes.
/// </remarks>
public sealed class ShuffledOrder : IReadOnlyList<int>
{
    private readonly int[] _rows;

    /// <summary>Draws the order.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="seed">What the order is drawn from.</param>
    /// <param name="epoch">The pass over the data; each has an order of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count or the epoch is negative.</exception>
    public ShuffledOrder(int count, int seed, int epoch = 0)
    {
        Ensure.AtLeast(count, 0, nameof(count));
        Ensure.AtLeast(epoch, 0, nameof(epoch));
        _rows = [.. Enumerable.Range(0, count)];
        var random = SplitMix64.Of(seed, epoch);
        for (var i = count - 1; i > 0; i--)
        {
            var j = (int)random.Below((ulong)i + 1);
            (_rows[i], _rows[j]) = (_rows[j], _rows[i]);
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>The number of the row that comes at a position.</summary>
    /// <param name="position">The position, from 0.</param>
    public int this[int position] => _rows[position];

    /// <summary>The rows from a position on: what is left of an interrupted pass.</summary>
    /// <param name="position">Rows that were taken already, from 0 to <see cref="Count"/>.</param>
    public IEnumerable<int> From(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Count);
        return new ArraySegment<int>(_rows, position, Count - position);
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => From(0).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
