namespace Alignment;

/// <summary>Waits between tries of what failed and may pass; what is left to chance, each caller adds in its own way.</summary>
internal static class Backoff
{
    private const int MostDoublings = 30;

    /// <summary>A wait that doubles with each failure in a row, up to the longest.</summary>
    /// <param name="first">After the first failure.</param>
    /// <param name="longest">The longest.</param>
    /// <param name="failures">Failures so far, from 1.</param>
    public static TimeSpan Of(TimeSpan first, TimeSpan longest, int failures) =>
        TimeSpan.FromTicks((long)Math.Min(longest.Ticks, first.Ticks * Math.Pow(2, Math.Min(failures - 1, MostDoublings))));
}
