using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using AI = Microsoft.Extensions.AI;

namespace Alignment.Feedback.Tests;

/// <summary>A model that answers as a test says.</summary>
internal sealed class ScriptedClient(Func<IReadOnlyList<AI.ChatMessage>, CancellationToken, Task<ChatResponse>> answer) : IChatClient
{
    private readonly ConcurrentQueue<(IReadOnlyList<AI.ChatMessage> Messages, ChatOptions? Options)> asked = [];
    private int now;

    public ScriptedClient(Func<string, string> answer) : this((messages, _) => Task.FromResult(Response(answer(messages[^1].Text))))
    {
    }

    /// <summary>What was asked.</summary>
    public IReadOnlyList<(IReadOnlyList<AI.ChatMessage> Messages, ChatOptions? Options)> Asked => [.. asked];

    public int Calls => asked.Count;

    /// <summary>The most calls that were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Answers by the whole conversation.</summary>
    public static ScriptedClient OfAll(Func<IReadOnlyList<AI.ChatMessage>, string> answer) => new((messages, _) => Task.FromResult(Response(answer(messages))));

    public static ChatResponse Response(string text, int input = 10, int output = 5) => new(new AI.ChatMessage(ChatRole.Assistant, text))
    {
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output },
    };

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var list = messages.ToList();
        asked.Enqueue((list, options));
        lock (asked) MostAtOnce = Math.Max(MostAtOnce, ++now);
        try
        {
            return await answer(list, cancellationToken);
        }
        finally
        {
            lock (asked) now--;
        }
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", null, "scripted-1") : null;

    public void Dispose()
    {
    }
}
