using System.Collections.Concurrent;

namespace Alignment.Models.Tests;

/// <summary>A clock on which waits are over at once, but those of an hour and more only when the test says so.</summary>
internal sealed class TestClock : TimeProvider
{
    public static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly ConcurrentQueue<TimeSpan> waits = [];
    private readonly ConcurrentDictionary<Timer, bool> pending = [];
    private int timers;

    /// <summary>The short waits that there were.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. waits];

    /// <summary>How many timers were made.</summary>
    public int Timers => timers;

    public DateTimeOffset Now { get; init; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => 0;   // no time passes between two reports of progress

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        Interlocked.Increment(ref timers);
        return timer;
    }

    /// <summary>An hour passes.</summary>
    public void PassLong()
    {
        foreach (var timer in pending.Keys) timer.Fire();
    }

    private sealed class Timer(TestClock clock, Action callback) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            if (dueTime >= Long)
            {
                clock.pending[this] = true;
                return true;
            }
            clock.waits.Enqueue(dueTime);
            ThreadPool.QueueUserWorkItem(_ => callback());
            return true;
        }

        public void Fire()
        {
            if (clock.pending.TryRemove(this, out var _)) callback();
        }

        public void Dispose() => clock.pending.TryRemove(this, out var _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
