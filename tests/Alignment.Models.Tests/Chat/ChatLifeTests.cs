using Microsoft.Extensions.AI;
using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Cancelled, abandoned and simultaneous requests, and who owns what.</summary>
public sealed class ChatLifeTests
{
    private static readonly ChatOptions Twenty = new() { MaxOutputTokens = 20 };

    [Fact]
    public async Task A_cancelled_stream_throws_frees_its_tensors_and_leaves_a_client_that_works()
    {
        using var chat = new LlamaChat();
        var count = Count();
        using var source = new CancellationTokenSource();
        var pieces = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in chat.Client.GetStreamingResponseAsync(LlamaChat.Prompt(0), Twenty, source.Token))
                if (++pieces == 3) await source.CancelAsync();
        });
        Assert.Equal(3, pieces);
        Assert.Equal(count, Tensor.TotalCount);
        Assert.Equal(LlamaChat.Answer(0, 20), (await chat.Client.GetResponseAsync(LlamaChat.Prompt(0), Twenty)).Text);
        Assert.Equal(count, Tensor.TotalCount);
    }

    [Fact]
    public async Task A_token_that_comes_with_the_enumeration_cancels_too()
    {
        using var chat = new LlamaChat();
        using var source = new CancellationTokenSource();
        await using var updates = chat.Client.GetStreamingResponseAsync(LlamaChat.Prompt(0), Twenty).GetAsyncEnumerator(source.Token);
        Assert.True(await updates.MoveNextAsync());
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await updates.MoveNextAsync());
    }

    [Fact]
    public async Task A_request_that_was_cancelled_before_computes_nothing()
    {
        using var chat = new LlamaChat();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chat.Client.GetResponseAsync(LlamaChat.Prompt(0), Twenty, new CancellationToken(canceled: true)));
        Assert.Empty(chat.Template.Seen);
    }

    [Fact]
    public async Task Cancelling_while_another_request_has_its_turn_harms_neither()
    {
        using var model = PretrainedModel.Load(LlamaRecord.Folder);
        using var held = new HoldingTokenizer(new SymbolTokenizer(304));
        using var client = new PolicyChatClient(model, held, new LastMessageTemplate());
        var first = client.GetResponseAsync(LlamaChat.Prompt(1), Twenty);
        held.WaitUntilHeld();   // the first request is in its step
        using var source = new CancellationTokenSource();
        var second = client.GetResponseAsync(LlamaChat.Prompt(2), Twenty, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(first.IsCompleted);
        held.Release();
        Assert.Equal(LlamaChat.Answer(1, 20), (await first).Text);
        Assert.Equal(LlamaChat.Answer(2, 20), (await client.GetResponseAsync(LlamaChat.Prompt(2), Twenty)).Text);
    }

    [Fact]
    public async Task A_request_that_is_cancelled_in_its_turn_gives_it_back()
    {
        using var model = PretrainedModel.Load(LlamaRecord.Folder);
        using var held = new HoldingTokenizer(new SymbolTokenizer(304));
        using var client = new PolicyChatClient(model, held, new LastMessageTemplate());
        using var source = new CancellationTokenSource();
        var first = client.GetResponseAsync(LlamaChat.Prompt(1), Twenty, source.Token);
        held.WaitUntilHeld();
        await source.CancelAsync();
        held.Release();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = client.GetResponseAsync(LlamaChat.Prompt(2), Twenty).WaitAsync(TimeSpan.FromMinutes(1));   // a lost turn would be waited for without end
        Assert.Equal(LlamaChat.Answer(2, 20), (await second).Text);
    }

    [Fact]
    public async Task An_abandoned_stream_frees_its_tensors()
    {
        using var chat = new LlamaChat();
        var count = Count();
        await foreach (var update in chat.Client.GetStreamingResponseAsync(LlamaChat.Prompt(0), Twenty)) break;
        Assert.Equal(count, Tensor.TotalCount);
    }

    [Fact]
    public async Task A_model_that_fails_fails_the_request_and_frees_its_tensors()
    {
        using var chat = new LlamaChat();
        using (no_grad()) chat.Model.OutputWeight.fill_(double.NaN);
        var count = Count();
        await Assert.ThrowsAsync<InvalidOperationException>(() => chat.Client.GetResponseAsync(LlamaChat.Prompt(0), Twenty));
        Assert.Equal(count, Tensor.TotalCount);
    }

    [Fact]
    public async Task A_request_inside_a_stream_is_answered()
    {
        using var chat = new LlamaChat();
        var text = "";
        await foreach (var update in chat.Client.GetStreamingResponseAsync(LlamaChat.Prompt(1), Twenty))
        {
            if (text.Length == 0) Assert.Equal(LlamaChat.Answer(2, 20), (await chat.Client.GetResponseAsync(LlamaChat.Prompt(2), Twenty)).Text);
            text += update.Text;
        }
        Assert.Equal(LlamaChat.Answer(1, 20), text);
    }

    [Fact]
    public async Task Requests_at_once_get_the_answers_that_they_get_alone()
    {
        using var chat = new LlamaChat();
        var count = Count();
        int[] rows = [0, 1, 2, 0, 1, 2];
        var responses = await Task.WhenAll(rows.Select(row => chat.Client.GetResponseAsync(LlamaChat.Prompt(row), Twenty)));
        Assert.Equal(rows.Select(row => LlamaChat.Answer(row, 20)), responses.Select(response => response.Text));
        Assert.Equal(count, Tensor.TotalCount);
    }

    [Fact]
    public async Task A_model_in_training_mode_stays_in_it_since_steps_take_turns()
    {
        using var chat = new LlamaChat();
        chat.Model.train();   // a step switches the mode and back: two at once would leave it switched
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => chat.Client.GetResponseAsync(LlamaChat.Prompt(0), Twenty)));
        Assert.DoesNotContain(false, chat.Model.modules().Select(module => module.training));
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void Services_are_the_client_its_metadata_its_model_and_its_tokenizer()
    {
        using var chat = new LlamaChat(new PolicyChatOptions { ModelId = "tiny" });
        Assert.Same(chat.Client, chat.Client.GetService<IChatClient>());
        Assert.Same(chat.Client, chat.Client.GetService<PolicyChatClient>());
        Assert.Same(chat.Model, chat.Client.GetService<CausalLanguageModel>());
        Assert.Same(chat.Model, chat.Client.GetService<DecoderModel>());
        Assert.IsType<SymbolTokenizer>(chat.Client.GetService<ITokenizer>());
        var metadata = chat.Client.GetRequiredService<ChatClientMetadata>();
        Assert.Equal(("alignment", null, "tiny"), (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId));
        Assert.Null(chat.Client.GetService(typeof(string)));
        Assert.Null(chat.Client.GetService(typeof(IChatClient), "key"));
        Assert.Throws<ArgumentNullException>(() => chat.Client.GetService(null!));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_client_disposes_the_model_that_it_owns(bool owns)
    {
        using var model = PretrainedModel.Load(LlamaRecord.Folder);
        var client = new PolicyChatClient(model, new SymbolTokenizer(304), new LastMessageTemplate(), new PolicyChatOptions { OwnsModel = owns });
        client.Dispose();
        client.Dispose();
        Assert.Equal(owns, model.OutputWeight.IsInvalid);
        Assert.Throws<ObjectDisposedException>(() => { client.GetStreamingResponseAsync("?"); });
    }

    [Fact]
    public void A_client_needs_a_model_a_tokenizer_and_a_template()
    {
        using var chat = new LlamaChat();
        var tokenizer = new SymbolTokenizer(304);
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => new PolicyChatClient(null!, tokenizer, chat.Template)).ParamName);
        Assert.Equal("tokenizer", Assert.Throws<ArgumentNullException>(() => new PolicyChatClient(chat.Model, null!, chat.Template)).ParamName);
        Assert.Equal("template", Assert.Throws<ArgumentNullException>(() => new PolicyChatClient(chat.Model, tokenizer, null!)).ParamName);
    }

    private static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }

    /// <summary>Holds the first step that decodes text until it is released.</summary>
    private sealed class HoldingTokenizer(ITokenizer inner) : ITokenizer, IDisposable
    {
        private readonly ManualResetEventSlim held = new();
        private readonly ManualResetEventSlim released = new();

        public int VocabularySize => inner.VocabularySize;

        public int? BeginId => null;

        public int? EndId => null;

        public int? PadId => null;

        public void WaitUntilHeld() => held.Wait();

        public void Release() => released.Set();

        public IReadOnlyList<int> Encode(string text) => inner.Encode(text);

        public IReadOnlyList<int> EncodeWithSpecialTokens(string text) => inner.EncodeWithSpecialTokens(text);

        public string Decode(IEnumerable<int> ids, bool skipSpecialTokens = false)
        {
            held.Set();
            released.Wait();
            return inner.Decode(ids, skipSpecialTokens);
        }

        public int? IdOf(string token) => inner.IdOf(token);

        public void Dispose()
        {
            held.Dispose();
            released.Dispose();
        }
    }
}
