namespace Alignment.Feedback;

/// <summary>One question to a model.</summary>
/// <param name="Messages">The conversation; at least one message.</param>
/// <param name="Options">What is asked of the model beside them.</param>
public sealed record ChatCall(IReadOnlyList<ChatMessage> Messages, CallOptions Options)
{
    /// <summary>The conversation.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; init => field = NotEmpty(value); } = NotEmpty(Messages);

    /// <summary>What is asked of the model beside the messages.</summary>
    public CallOptions Options { get; init => field = Ensure.NotNull(value); } = Ensure.NotNull(Options);

    /// <summary>A call of a system message and a user message.</summary>
    /// <param name="system">The instructions.</param>
    /// <param name="user">The question.</param>
    /// <param name="options">What is asked beside them; null for the defaults.</param>
    public static ChatCall Of(string system, string user, CallOptions? options = null) =>
        new([new ChatMessage("system", system), new ChatMessage("user", user)], options ?? new CallOptions());

    /// <summary>The call goes on: the model's answer, and what is said to it.</summary>
    internal ChatCall Then(string answer, string user) => this with
    {
        Messages = [.. Messages, new ChatMessage("assistant", answer), new ChatMessage("user", user)],
    };

    /// <summary>The number of messages alone: their texts may hold what must not be logged.</summary>
    public override string ToString() => FormattableString.Invariant($"{Messages.Count} messages");

    private static IReadOnlyList<ChatMessage> NotEmpty(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return messages.Count > 0 ? messages : throw new ArgumentException("A call needs at least one message.", nameof(messages));
    }
}
