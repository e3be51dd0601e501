using System.Runtime.CompilerServices;
using Alignment.Generation;
using Microsoft.Extensions.AI;
using AI = Microsoft.Extensions.AI;

namespace Alignment.Models;

/// <summary>A policy as a chat client of Microsoft.Extensions.AI: text in, text out, at once or as a stream.</summary>
/// <remarks>
/// <para>
/// Safe to use from several threads. Requests take turns at the model, token by token, so that a short answer needn't wait for a long one and a
/// stream that nobody reads on blocks no other; each has its own key/value cache until it ends or its enumerator is disposed.
/// Tokens are computed on the thread pool, never on the caller's thread. Don't train the model meanwhile.
/// </para>
/// <para>
/// Of <see cref="ChatOptions"/>, the temperature (0 is greedy), top-p, top-k, the token limit, stop sequences, the seed, instructions (a system message
/// before all others) and the additional properties <c>min_p</c>, <c>repetition_penalty</c> and <c>top_logprobs</c> are followed; the last puts <c>logprobs</c>, as OpenAI's endpoints write
/// them, among the additional properties of the message. Tools, JSON, images, penalties
/// and whatever else would change the answer are refused with <see cref="NotSupportedException"/>. Names, ids and dates of messages are labels: the model
/// doesn't see them. A message that spells a special token is refused with <see cref="ArgumentException"/>, as it could speak for another role.
/// </para>
/// </remarks>
public sealed class PolicyChatClient : IChatClient
{
    private readonly CausalLanguageModel model;
    private readonly ITokenizer tokenizer;
    private readonly PolicyChatOptions options;
    private readonly TextGenerationOptions usual;
    private readonly TextGenerator generator;
    private readonly ChatPrompt prompt;
    private readonly ChatClientMetadata metadata;
    private readonly SemaphoreSlim turn = new(1, 1);
    private long unseeded;   // requests without a seed so far
    private bool isDisposed;

    /// <summary>Makes a client.</summary>
    /// <param name="model">The policy.</param>
    /// <param name="tokenizer">The tokenizer of the model.</param>
    /// <param name="template">Writes messages as the model was trained on.</param>
    /// <param name="options">Settings; the defaults where null.</param>
    /// <exception cref="ArgumentException">A stop token is no single token of the tokenizer.</exception>
    public PolicyChatClient(CausalLanguageModel model, ITokenizer tokenizer, IChatTemplate template, PolicyChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(template);
        this.model = model;
        this.tokenizer = tokenizer;
        this.options = options ?? new PolicyChatOptions();
        usual = WithStopTokens(this.options, tokenizer);
        generator = new TextGenerator(model, tokenizer);
        prompt = new ChatPrompt(tokenizer, template);
        metadata = new ChatClientMetadata("alignment", defaultModelId: this.options.ModelId);
    }

    /// <summary>Answers a conversation.</summary>
    /// <param name="messages">The conversation so far; at least one message, of text only.</param>
    /// <param name="options">What this request wants otherwise than <see cref="PolicyChatOptions"/>.</param>
    /// <param name="cancellationToken">Ends the request between two tokens.</param>
    /// <returns>The answer with its finish reason and usage: what the updates of a stream amount to.</returns>
    /// <exception cref="ArgumentException">There is no message, one spells a special token, all are too long, or an option is out of range.</exception>
    /// <exception cref="NotSupportedException">The request asks for what a policy can't do.</exception>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <summary>Answers a conversation piece by piece. No piece splits a character or shows a part of a stop sequence.</summary>
    /// <returns>Updates of one message; the last has the finish reason and a <see cref="UsageContent"/>.</returns>
    /// <inheritdoc cref="GetResponseAsync"/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        ArgumentNullException.ThrowIfNull(messages);
        return StreamAsync(Request(messages, options ?? new ChatOptions()), cancellationToken);
    }

    /// <summary>The client, its <see cref="ChatClientMetadata"/>, its model or its tokenizer.</summary>
    /// <param name="serviceType">The type that is asked for.</param>
    /// <param name="serviceKey">null; nothing is kept under a key.</param>
    /// <returns>The first of these that is of the type, or null.</returns>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null ? Array.Find<object>([this, metadata, model, tokenizer], serviceType.IsInstanceOfType) : null;
    }

    /// <summary>Ends the use of the client. The model stays as it is, unless <see cref="PolicyChatOptions.OwnsModel"/> says otherwise.</summary>
    public void Dispose()
    {
        if (isDisposed) return;
        isDisposed = true;
        turn.Dispose();
        if (options.OwnsModel) model.Dispose();
    }

    private static TextGenerationOptions WithStopTokens(PolicyChatOptions options, ITokenizer tokenizer)
    {
        var tokens = options.Generation.Tokens;
        var ids = options.StopTokens.Select(token => tokenizer.IdOf(token) ?? throw new ArgumentException(
            $"{nameof(options.StopTokens)} must be single tokens of the tokenizer; \"{token}\" is none.", nameof(options)));
        return options.Generation with { Tokens = tokens with { StopIds = [.. tokens.StopIds, .. ids] } };
    }

    private ChatRequest Request(IEnumerable<AI.ChatMessage> messages, ChatOptions request) => new(
        ChatMessages.Of(messages, request.Instructions),
        ChatOptionsReader.Read(request, usual, request.Seed ?? NextSeed(), options.ModelId),
        request.MaxOutputTokens);

    private long NextSeed() => unchecked(usual.Tokens.Seed + Interlocked.Increment(ref unseeded) - 1);

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ChatRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = await Task.Run(() => prompt.Encode(request.Messages), cancellationToken).ConfigureAwait(false);
        var reply = new ChatReply(tokenizer, options.ModelId, options.TimeProvider.GetUtcNow(), ids.Count);
        using var updates = generator.Stream([ids], request.Within(model.MaxPositions, ids.Count), cancellationToken).GetEnumerator();
        while (await StepAsync(updates.MoveNext, cancellationToken).ConfigureAwait(false))
            if (updates.Current is { Text.Length: > 0 } or { Final: not null })
                yield return reply.Update(updates.Current);
    }

    // A step leaves nothing open on its thread, so the next may run on another.
    private async Task<bool> StepAsync(Func<bool> step, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(step, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }
}
