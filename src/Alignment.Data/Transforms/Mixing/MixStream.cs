using System.Globalization;

namespace Alignment.Data.Transforms;

/// <summary>A source of a mixture: where it stands and when its next row is due.</summary>
internal sealed class MixStream<T>(MixSource<T> source, int number, double phase) : IAsyncDisposable
{
    private IAsyncEnumerator<T>? _rows;
    private long _given;
    private long _givenSinceStart;

    /// <summary>When the next row is due, in rows of a source of weight 1.</summary>
    public double Time => (_given + phase) / source.Weight;

    /// <summary>Whether it gives no more rows.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether it has come to its end at least once.</summary>
    public bool HasEnded { get; private set; }

    public T Current => _rows!.Current;

    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _rows ??= source.Rows.GetAsyncEnumerator(cancellationToken);
        if (!await _rows.MoveNextAsync().ConfigureAwait(false)) return false;
        _given++;
        _givenSinceStart++;
        return true;
    }

    public async ValueTask RestartAsync()
    {
        if (_givenSinceStart == 0)
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture, $"Source {number} of the mixture has no rows to repeat."));
        HasEnded = true;
        _givenSinceStart = 0;
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_rows is { } rows)
        {
            _rows = null;
            await rows.DisposeAsync().ConfigureAwait(false);
        }
    }
}
