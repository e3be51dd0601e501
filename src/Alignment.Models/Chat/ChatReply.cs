using Alignment.Generation;
using Microsoft.Extensions.AI;

namespace Alignment.Models;

/// <summary>What the updates of one response have in common.</summary>
internal sealed class ChatReply(ITokenizer tokenizer, string modelId, DateTimeOffset createdAt, int promptTokens)
{
    private readonly string id = Guid.NewGuid().ToString("N");

    public ChatResponseUpdate Update(TextUpdate update) => new(ChatRole.Assistant, Contents(update))
    {
        ResponseId = id,
        MessageId = id,
        ModelId = modelId,
        CreatedAt = createdAt,
        FinishReason = update.Final?.Response.Finish switch
        {
            null => null,
            FinishReason.Length => ChatFinishReason.Length,
            _ => ChatFinishReason.Stop,
        },
        AdditionalProperties = update.Final is { Response: { Likely.Count: > 0 } response } ? new() { ["logprobs"] = ChatLogProbs.Of(response, tokenizer) } : null,
    };

    private List<AIContent> Contents(TextUpdate update)
    {
        var contents = new List<AIContent>();
        if (update.Text.Length > 0) contents.Add(new TextContent(update.Text));
        if (update.Final is { } final) contents.Add(new UsageContent(Usage(final.Response.Ids.Count)));
        return contents;
    }

    private UsageDetails Usage(int newTokens) => new()
    {
        InputTokenCount = promptTokens,
        OutputTokenCount = newTokens,
        TotalTokenCount = promptTokens + newTokens,
    };
}
