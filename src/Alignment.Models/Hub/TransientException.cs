namespace Alignment.Models;

/// <summary>The network or the hub failed in a way that may pass; never leaves <see cref="Retry"/>.</summary>
internal sealed class TransientException(string message, Exception? cause = null, TimeSpan? retryAfter = null) : Exception(message, cause)
{
    /// <summary>How long the hub asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
