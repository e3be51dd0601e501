namespace Alignment.Data.Reading;

/// <summary>Takes conversations apart into prompt and response.</summary>
internal static class Conversations
{
    /// <summary>Two conversations with a common beginning, by the rule of <see cref="PromptExtraction"/>.</summary>
    public static (IReadOnlyList<ChatMessage> Prompt, IReadOnlyList<ChatMessage> Chosen, IReadOnlyList<ChatMessage> Rejected) Split(
        IReadOnlyList<ChatMessage> chosen, IReadOnlyList<ChatMessage> rejected)
    {
        var found = PromptExtraction.Extract(new Transcript(chosen), new Transcript(rejected))
            ?? throw new RowException(RowProblem.NoCommonPrompt, "the two conversations must begin with the same message; they don't.");
        return (found.Prompt.Messages!, found.Chosen.Messages!, found.Rejected.Messages!);
    }

    /// <summary>One conversation, whose last message is the response.</summary>
    public static (IReadOnlyList<ChatMessage> Prompt, IReadOnlyList<ChatMessage> Response) SplitLast(IReadOnlyList<ChatMessage> messages, BoundColumn column) =>
        messages.Count > 1
            ? ([.. messages.Take(messages.Count - 1)], [messages[^1]])
            : throw new RowException(RowProblem.NoCommonPrompt, column, "must hold a prompt and a response; it has one message.");

    /// <summary>A conversation that begins with a prompt, less the prompt.</summary>
    public static IReadOnlyList<ChatMessage> After(IReadOnlyList<ChatMessage> prompt, IReadOnlyList<ChatMessage> messages, BoundColumn column) =>
        messages.Count > prompt.Count && messages.Take(prompt.Count).SequenceEqual(prompt)
            ? [.. messages.Skip(prompt.Count)]
            : throw new RowException(RowProblem.NoCommonPrompt, column, "must begin with the assistant or with the whole prompt; it doesn't.");

    /// <summary>Sees that the user says the row's prompt somewhere in the prompt of a conversation.</summary>
    public static void RequirePrompt(IReadOnlyList<ChatMessage> messages, string prompt)
    {
        if (!messages.Any(message => message.Role == ChatRoles.User && message.Content.AsSpan().Trim().SequenceEqual(prompt.AsSpan().Trim())))
            throw new RowException(RowProblem.NoCommonPrompt, "the conversation must have the row's prompt among its user messages; it doesn't.");
    }

    public static bool BeginsWithAssistant(IReadOnlyList<ChatMessage> messages) => messages[0].Role == ChatRoles.Assistant;

    /// <summary>A response: what the assistant says, other turns at most in between.</summary>
    public static Transcript Response(IReadOnlyList<ChatMessage> messages, BoundColumn column)
    {
        var wrong = messages[0].Role != ChatRoles.Assistant ? ("begin", messages[0].Role) : messages[^1].Role != ChatRoles.Assistant ? ("end", messages[^1].Role) : default;
        return wrong == default ? new Transcript(messages)
            : throw new RowException(RowProblem.UnexpectedTurn, column, $"must hold a response that begins and ends with the assistant; it {wrong.Item1}s with {wrong.Item2}.");
    }
}
