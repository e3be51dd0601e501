using System.ClientModel;
using System.Globalization;

namespace Alignment.Feedback;

/// <summary>An endpoint answered with an error, or not at all. Made without the exception of the client, whose texts and headers may hold a
/// key.</summary>
public sealed class EndpointException : Exception
{
    internal EndpointException(int status, TimeSpan? retryAfter, string message) : base(message) => (Status, RetryAfter) = (status, retryAfter);

    /// <summary>The status of HTTP, or 0 where no answer came or it broke off.</summary>
    public int Status { get; }

    /// <summary>How long the endpoint asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; }

    internal static EndpointException Of(ClientResultException error, TimeProvider time, Func<string, string> redact)
    {
        var status = error.Status;
        var text = redact(error.Message);
        return new EndpointException(status, ReadRetryAfter(error, time), status == 0
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"The endpoint answered with {status}: {text}"));
    }

    // Seconds or a date, as HTTP has it, or OpenAI's own milliseconds.
    private static TimeSpan? ReadRetryAfter(ClientResultException error, TimeProvider time)
    {
        if (error.GetRawResponse()?.Headers is not { } headers) return null;
        if (headers.TryGetValue("retry-after-ms", out var fine) && Number(fine) is { } milliseconds) return TimeSpan.FromMilliseconds(milliseconds);
        if (!headers.TryGetValue("retry-after", out var text)) return null;
        if (Number(text) is { } seconds) return TimeSpan.FromSeconds(seconds);
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return null;
        var wait = at - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and < 1e9 ? value : null;
}
