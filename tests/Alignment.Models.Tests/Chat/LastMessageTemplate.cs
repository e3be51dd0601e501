namespace Alignment.Models.Tests;

/// <summary>Writes the text of the last message alone, and keeps what it was given.</summary>
internal sealed class LastMessageTemplate : IChatTemplate
{
    public IReadOnlyList<ChatMessage> Seen { get; private set; } = [];

    public string Render(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt)
    {
        Assert.True(addGenerationPrompt);
        Seen = messages;
        return messages[^1].Content;
    }
}
