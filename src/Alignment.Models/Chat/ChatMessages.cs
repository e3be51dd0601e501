using Microsoft.Extensions.AI;
using AI = Microsoft.Extensions.AI;

namespace Alignment.Models;

/// <summary>Messages of a request as a template takes them: a role and its text.</summary>
internal static class ChatMessages
{
    private static readonly ChatRole[] Roles = [ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool];

    /// <summary>The messages in order, after the instructions as a system message where there are any.</summary>
    /// <exception cref="ArgumentException">There is no message.</exception>
    /// <exception cref="NotSupportedException">A message holds more than text, or comes from another role.</exception>
    public static IReadOnlyList<ChatMessage> Of(IEnumerable<AI.ChatMessage> messages, string? instructions)
    {
        var plain = new List<ChatMessage>();
        if (!string.IsNullOrEmpty(instructions)) plain.Add(new ChatMessage(ChatRole.System.Value, instructions));
        plain.AddRange(messages.Select(Plain));
        return plain.Count > 0 ? plain : throw new ArgumentException("messages must hold at least one message.", nameof(messages));
    }

    private static ChatMessage Plain(AI.ChatMessage message, int index)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!Roles.Contains(message.Role))
            throw new NotSupportedException(FormattableString.Invariant(
                $"messages[{index}] must be of the role system, user, assistant or tool; was of \"{message.Role.Value}\"."));
        if (message.Contents.FirstOrDefault(content => content is not TextContent) is { } other)
            throw new NotSupportedException(FormattableString.Invariant(
                $"messages[{index}] must hold text only, which is all that a policy reads; held {other.GetType().Name}."));
        return new ChatMessage(message.Role.Value, string.Concat(message.Contents.Cast<TextContent>().Select(content => content.Text)));
    }
}
