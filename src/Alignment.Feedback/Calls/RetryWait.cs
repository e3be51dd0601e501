using System.Globalization;
using Alignment.Training;

namespace Alignment.Feedback;

/// <summary>How long is waited before a call is tried again.</summary>
internal static class RetryWait
{
    /// <summary>Between half and all of a wait that doubles, and never less than the endpoint asked for. The same for the same seed, call and
    /// try.</summary>
    /// <param name="options">The waits.</param>
    /// <param name="seed">Seeds the random part.</param>
    /// <param name="key">The call's name.</param>
    /// <param name="failures">Failures so far, from 1.</param>
    /// <param name="asked">What the endpoint asked for (Retry-After), or null.</param>
    public static TimeSpan Of(RetryOptions options, int seed, string key, int failures, TimeSpan? asked)
    {
        var half = Backoff.Of(options.FirstWait, options.LongestWait, failures).Ticks / 2.0;
        var call = ulong.Parse(key.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var random = TimeSpan.FromTicks((long)(half * new SplitMix64(call ^ SplitMix64.Of(seed, failures).Next()).Unit()));
        // All callers were asked for the same wait, so that the random part comes on top of it.
        var (own, whole) = (TimeSpan.FromTicks((long)half) + random, (asked ?? TimeSpan.Zero) + random);
        return own > whole ? own : whole;
    }
}
