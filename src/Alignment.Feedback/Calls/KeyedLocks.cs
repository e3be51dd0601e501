namespace Alignment.Feedback;

/// <summary>One at a time for each key: of two equal calls the second waits, and finds the answer of the first.</summary>
internal sealed class KeyedLocks
{
    private readonly Dictionary<string, (SemaphoreSlim Turn, int Users)> locks = new(StringComparer.Ordinal);

    public async Task<IDisposable> EnterAsync(string key, CancellationToken cancellationToken)
    {
        SemaphoreSlim turn;
        lock (locks)
        {
            var users = locks.TryGetValue(key, out var known) ? known.Users : 0;
            locks[key] = (turn = users > 0 ? known.Turn : new SemaphoreSlim(1), users + 1);
        }
        try
        {
            await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new Held(this, key, turn);
        }
        catch
        {
            Leave(key);
            throw;
        }
    }

    private void Leave(string key)
    {
        lock (locks)
        {
            var (turn, users) = locks[key];
            if (users > 1) locks[key] = (turn, users - 1);
            else locks.Remove(key);
        }
    }

    private sealed class Held(KeyedLocks owner, string key, SemaphoreSlim turn) : IDisposable
    {
        public void Dispose()
        {
            turn.Release();
            owner.Leave(key);
        }
    }
}
