namespace Alignment.Feedback;

/// <summary>Lets through so much in any 60 seconds. Whoever comes first goes first.</summary>
internal sealed class RateWindow(long limit, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim turn = new(1);
    private readonly LinkedList<Entry> entries = [];
    private readonly Lock gate = new();

    /// <summary>Waits until an amount fits; one that is larger than the limit fits an empty window.</summary>
    public async Task<Entry> EnterAsync(long amount, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                TimeSpan wait;
                lock (gate)
                {
                    var now = time.GetUtcNow();
                    while (entries.First is { } oldest && oldest.Value.At + Length <= now) entries.RemoveFirst();
                    if (entries.Count == 0 || entries.Sum(entry => entry.Amount) + amount <= limit)
                        return entries.AddLast(new Entry(now) { Amount = amount }).Value;
                    wait = entries.First!.Value.At + Length - now;
                }
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>What was let through turned out to be less, or more.</summary>
    public void Correct(Entry entry, long amount)
    {
        lock (gate) entry.Amount = amount;
    }

    public void Dispose() => turn.Dispose();

    public sealed class Entry(DateTimeOffset at)
    {
        public DateTimeOffset At { get; } = at;

        public long Amount { get; set; }
    }
}
