namespace Alignment.Feedback;

/// <summary>How often and when a call is tried again that failed in a way that may pass: 408, 409, 429, 500 and above, no answer, an answer that
/// broke off.</summary>
public sealed record RetryOptions
{
    /// <summary>How often a call is tried again.</summary>
    /// <value>The default is 5. 0 or greater.</value>
    public int MaxRetries { get; init => field = Ensure.AtLeast(value, 0); } = 5;

    /// <summary>The wait before the first new try; each following one is twice as long. Of each wait a random half is left out, so that callers
    /// don't come back together.</summary>
    /// <value>The default is a second. Greater than 0.</value>
    public TimeSpan FirstWait { get; init => field = Ensure.Positive(value); } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait of our own. An endpoint that asks for a longer one (Retry-After) ends the call.</summary>
    /// <value>The default is 2 minutes. Greater than 0.</value>
    public TimeSpan LongestWait { get; init => field = Ensure.Positive(value); } = TimeSpan.FromMinutes(2);
}
