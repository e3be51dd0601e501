namespace Alignment.Data.Tests.Report;

/// <summary>A clock that stands at noon of a day.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
}
