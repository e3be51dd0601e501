namespace Alignment.Training;

/// <summary>How a judge is asked that may be slow, busy or away.</summary>
public sealed record JudgeOptions
{
    /// <summary>Calls that are under way at once.</summary>
    /// <value>The default is 8. At least 1.</value>
    public int Concurrency { get; init => field = Ensure.AtLeast(value, 1); } = 8;

    /// <summary>How long one call may take before it counts as failed.</summary>
    /// <value>The default is 30 seconds. Greater than 0.</value>
    public TimeSpan Timeout { get; init => field = Ensure.Positive(value); } = TimeSpan.FromSeconds(30);

    /// <summary>Calls for one response, the first included, before the run is given up.</summary>
    /// <value>The default is 5. At least 1.</value>
    public int Attempts { get; init => field = Ensure.AtLeast(value, 1); } = 5;

    /// <summary>The wait after the first failure; each further one is twice as long, up to <see cref="LongestWait"/>, and half of each is left to chance.</summary>
    /// <value>The default is 1 second. At least 0.</value>
    public TimeSpan FirstWait { get; init => field = Ensure.NotNegative(value); } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two calls for one response.</summary>
    /// <value>The default is 1 minute. At least 0.</value>
    public TimeSpan LongestWait { get; init => field = Ensure.NotNegative(value); } = TimeSpan.FromMinutes(1);

    /// <summary>What the chance in waits is drawn from. It moves no number of a run.</summary>
    /// <value>The default is 0.</value>
    public long Seed { get; init; }
}
