using System.Collections.Concurrent;

namespace Alignment.Feedback.Tests;

/// <summary>A clock that jumps to the end of every wait; time-outs of an hour and more never come.</summary>
internal sealed class QuickClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly ConcurrentQueue<TimeSpan> waits = [];
    private DateTimeOffset now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The waits that there were.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. waits];

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(QuickClock clock, Action callback) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan || dueTime >= TimeSpan.FromHours(1)) return true;
            clock.waits.Enqueue(dueTime);
            lock (clock.gate) clock.now += dueTime;
            ThreadPool.QueueUserWorkItem(_ => callback());
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
