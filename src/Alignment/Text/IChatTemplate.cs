namespace Alignment;

/// <summary>Chat messages to the text that a model was trained on.</summary>
/// <remarks>Implementations are immutable and safe to use from several threads.</remarks>
public interface IChatTemplate
{
    /// <summary>Writes messages as one text, a beginning of the sequence included where the model expects one.</summary>
    /// <param name="messages">The messages in order; at least one.</param>
    /// <param name="addGenerationPrompt">Whether the text goes on to where the assistant's next message begins.</param>
    /// <returns>Text whose special tokens are spelled, for <see cref="ITokenizer.EncodeWithSpecialTokens"/>.</returns>
    string Render(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt);
}
