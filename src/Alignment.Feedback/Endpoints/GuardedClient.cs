using System.ClientModel;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using AI = Microsoft.Extensions.AI;

namespace Alignment.Feedback;

/// <summary>A client out of which its key does not come: every exception is made anew without the original.</summary>
internal sealed class GuardedClient(IChatClient inner, string key, string shown, TimeProvider time) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (Guarded(error, cancellationToken) is { } guarded)
        {
            throw guarded;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<AI.ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync().ConfigureAwait(false)) yield break;
            }
            catch (Exception error) when (Guarded(error, cancellationToken) is { } guarded)
            {
                throw guarded;
            }
            yield return updates.Current;
        }
    }

    /// <summary>Model and address, without the key.</summary>
    public override string ToString() => shown;

    // Null for what holds no text of the endpoint: a cancellation that was asked for, a wrong argument.
    private EndpointException? Guarded(Exception error, CancellationToken cancellationToken) => error switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        ClientResultException raw => EndpointException.Of(raw, time, text => Redaction.Of(text, key)),
        AggregateException { InnerException: { } cause } => Guarded(cause, cancellationToken),
        ArgumentException or NotSupportedException => null,
        _ => new EndpointException(0, null, Redaction.Of($"{error.GetType().Name}: {error.Message}", key)),
    };
}
