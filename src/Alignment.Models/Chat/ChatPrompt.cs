namespace Alignment.Models;

/// <summary>Messages to the ids that a model goes on with.</summary>
internal sealed class ChatPrompt(ITokenizer tokenizer, IChatTemplate template)
{
    /// <exception cref="ArgumentException">A message spells a special token, or nothing came of the messages.</exception>
    public IReadOnlyList<int> Encode(IReadOnlyList<ChatMessage> messages)
    {
        foreach (var message in messages) RequirePlain(message);
        var ids = tokenizer.EncodeWithSpecialTokens(template.Render(messages, addGenerationPrompt: true));
        return ids.Count > 0
            ? ids
            : throw new ArgumentException("messages must render to at least one token; the template wrote an empty text.", nameof(messages));
    }

    // Special tokens of the rendered text are parsed. Those that a user spells could end the user's turn and speak for another role.
    private void RequirePlain(ChatMessage message)
    {
        if (!tokenizer.Encode(message.Content).SequenceEqual(tokenizer.EncodeWithSpecialTokens(message.Content)))
            throw new ArgumentException(
                $"messages must not spell special tokens, which the model would take for the template's own; a message of the role {message.Role} does.",
                nameof(message));
    }
}
