using Alignment.Generation;
using Microsoft.Extensions.AI;

namespace Alignment.Models;

/// <summary>A checked request: what is said, and how to go on with it.</summary>
/// <param name="Messages">At least one.</param>
/// <param name="Generation">The client's own options with those of the request over them.</param>
/// <param name="MaxOutputTokens">The limit that the request set itself, which must fit; one by default may be cut.</param>
internal sealed record ChatRequest(IReadOnlyList<ChatMessage> Messages, TextGenerationOptions Generation, int? MaxOutputTokens)
{
    /// <summary>The options, with no more new tokens than a model has positions left.</summary>
    /// <exception cref="ArgumentException">The prompt leaves no room, or not as much as the request asks for.</exception>
    public TextGenerationOptions Within(int positions, int promptTokens)
    {
        var room = positions - promptTokens;
        if (room < 1)
            throw new ArgumentException(FormattableString.Invariant(
                $"messages must leave room for a response within the model's {positions} positions; they have {promptTokens} tokens."));
        if (MaxOutputTokens > room)
            throw new ArgumentException(FormattableString.Invariant(
                $"{nameof(ChatOptions)}.{nameof(MaxOutputTokens)} must be at most {room}: the model has {positions} positions, the prompt {promptTokens} tokens; was {MaxOutputTokens}."));
        return Generation with { Tokens = Generation.Tokens with { MaxNewTokens = Math.Min(Generation.Tokens.MaxNewTokens, room) } };
    }
}
