using Microsoft.Extensions.AI;
using AI = Microsoft.Extensions.AI;

namespace Alignment.Samples;

/// <summary>Takes the place of a model that gives feedback: answers by rules, at once, and always the same.</summary>
internal abstract class ScriptedClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var question = new ScriptedQuestion([.. messages]);
        var answer = Answer(question);
        // Tokens are counted as words, so that the samples have something to count.
        return Task.FromResult(new ChatResponse(new AI.ChatMessage(ChatRole.Assistant, answer))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = question.Words, OutputTokenCount = answer.Split(' ').Length },
        });
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A scripted model answers as a whole.");

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", null, GetType().Name) : null;

    public void Dispose()
    {
    }

    protected abstract string Answer(ScriptedQuestion question);
}
