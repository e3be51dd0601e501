using System.ClientModel;
using System.Text.Json;

namespace Alignment.Feedback;

/// <summary>What an exception of a client means for a call.</summary>
/// <param name="Kind">The sort of reason.</param>
/// <param name="MayPass">Whether another try may do better.</param>
/// <param name="MayBeBilled">Whether the endpoint may have answered all the same.</param>
/// <param name="RetryAfter">How long the endpoint asks to be left alone.</param>
/// <param name="Text">What happened, as a sentence.</param>
internal sealed record CallFault(FailureKind Kind, bool MayPass, bool MayBeBilled, TimeSpan? RetryAfter, string Text)
{
    /// <returns>Null for an exception that says nothing of an endpoint: a mistake in a program.</returns>
    public static CallFault? Of(Exception error, TimeProvider time) => error switch
    {
        FeedbackException { Kind: FailureKind.Filtered or FailureKind.Unreadable } known => new(known.Kind, false, true, null, known.Message),
        EndpointException known => OfStatus(known.Status, known.RetryAfter, known.Message),
        ClientResultException raw => Of(EndpointException.Of(raw, time, Redaction.Of), time),
        OperationCanceledException => new(FailureKind.TimedOut, true, true, null, "No answer came in time."),
        HttpRequestException or IOException or JsonException or FormatException => BrokenOff(Redaction.Of(error.Message)),
        AggregateException { InnerException: { } inner } => Of(inner, time),
        _ => null,
    };

    private static CallFault OfStatus(int status, TimeSpan? retryAfter, string text) => status switch
    {
        0 => BrokenOff(text),
        429 => new(FailureKind.RateLimited, true, false, retryAfter, text),
        >= 500 => new(FailureKind.ServerError, true, false, retryAfter, text),
        _ => new(FailureKind.Refused, status is 408 or 409, false, retryAfter, text),
    };

    private static CallFault BrokenOff(string text) => new(FailureKind.BrokenOff, true, true, null, $"The connection failed: {text}");
}
