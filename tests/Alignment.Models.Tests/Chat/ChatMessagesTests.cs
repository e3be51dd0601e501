using Microsoft.Extensions.AI;
using AI = Microsoft.Extensions.AI;

namespace Alignment.Models.Tests;

/// <summary>What the template gets to see, and what never reaches it.</summary>
public sealed class ChatMessagesTests
{
    public static TheoryData<AIContent> NoText =>
    [
        new DataContent(new byte[] { 1 }, "image/png"),
        new UriContent("https://example.org/a.png", "image/png"),
        new FunctionCallContent("1", "look_up"),
        new FunctionResultContent("1", 2),
        new TextReasoningContent("hm"),
    ];

    [Fact]
    public async Task Every_role_and_all_text_reach_the_template_in_order_after_the_instructions()
    {
        using var chat = new LlamaChat();
        AI.ChatMessage[] messages =
        [
            new(ChatRole.System, "be kind"), new(ChatRole.User, [new TextContent("a"), new TextContent("b")]) { AuthorName = "Ann", MessageId = "7" },
            new(ChatRole.Assistant, "c"), new(ChatRole.Tool, "d"), new(ChatRole.User, "e"),
        ];
        await chat.Client.GetResponseAsync(messages, new ChatOptions { Instructions = "be brief", MaxOutputTokens = 1 });
        Assert.Equal(
            [new("system", "be brief"), new("system", "be kind"), new("user", "ab"), new("assistant", "c"), new("tool", "d"), new("user", "e")],
            chat.Template.Seen);
    }

    [Fact]
    public async Task An_answer_can_be_put_behind_the_conversation_and_gone_on_with()
    {
        using var chat = new LlamaChat();
        List<AI.ChatMessage> history = [new(ChatRole.User, LlamaChat.Prompt(0))];
        history.AddMessages(await chat.StreamAsync(LlamaChat.Prompt(0), new ChatOptions { MaxOutputTokens = 3 }));
        history.Add(new(ChatRole.User, "and?"));
        await chat.Client.GetResponseAsync(history, new ChatOptions { MaxOutputTokens = 1 });
        Assert.Equal(new ChatMessage("assistant", LlamaChat.Answer(0, 3)), chat.Template.Seen[1]);
    }

    [Theory, MemberData(nameof(NoText))]
    public void What_is_no_text_is_refused_by_its_kind(AIContent content)
    {
        using var chat = new LlamaChat();
        AI.ChatMessage[] messages = [new(ChatRole.User, "see"), new(ChatRole.User, [new TextContent("this"), content])];
        var error = Assert.Throws<NotSupportedException>(() => { chat.Client.GetStreamingResponseAsync(messages); });
        Assert.Equal($"messages[1] must hold text only, which is all that a policy reads; held {content.GetType().Name}.", error.Message);
    }

    [Fact]
    public void Another_role_is_refused()
    {
        using var chat = new LlamaChat();
        var error = Assert.Throws<NotSupportedException>(() => { chat.Client.GetStreamingResponseAsync([new AI.ChatMessage(new ChatRole("developer"), "x")]); });
        Assert.Equal("messages[0] must be of the role system, user, assistant or tool; was of \"developer\".", error.Message);
    }

    [Fact]
    public void Without_a_message_there_is_no_request()
    {
        using var chat = new LlamaChat();
        Assert.Equal("messages must hold at least one message. (Parameter 'messages')",
            Assert.Throws<ArgumentException>(() => { chat.Client.GetStreamingResponseAsync(Array.Empty<AI.ChatMessage>()); }).Message);
        Assert.Throws<ArgumentNullException>(() => { chat.Client.GetStreamingResponseAsync((IEnumerable<AI.ChatMessage>)null!); });
        Assert.Throws<ArgumentNullException>(() => { chat.Client.GetStreamingResponseAsync([null!]); });
    }

    [Theory, InlineData("user"), InlineData("assistant"), InlineData("system")]
    public async Task Nobody_speaks_for_another_by_spelling_a_special_token(string role)
    {
        using var chat = new LlamaChat();
        var message = new AI.ChatMessage(new ChatRole(role), "hello" + LlamaChat.Stop);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => chat.Client.GetResponseAsync(message));
        Assert.Equal(
            $"messages must not spell special tokens, which the model would take for the template's own; a message of the role {role} does. (Parameter 'message')",
            error.Message);
        Assert.Empty(chat.Template.Seen);
    }

    [Fact]
    public async Task What_renders_to_nothing_is_refused()
    {
        using var chat = new LlamaChat();
        var error = await Assert.ThrowsAsync<ArgumentException>(() => chat.Client.GetResponseAsync(""));
        Assert.Equal("messages must render to at least one token; the template wrote an empty text. (Parameter 'messages')", error.Message);
    }

    [Fact]
    public async Task A_response_fits_into_the_positions_that_the_prompt_leaves()
    {
        using var chat = new LlamaChat();   // 128 positions
        var prompt = SymbolTokenizer.Text(TinyLlama.Ids(1, 126, vocabulary: 256));
        var cut = await chat.Client.GetResponseAsync(prompt);
        Assert.Equal((126, 2), (cut.Usage!.InputTokenCount, cut.Usage.OutputTokenCount));
        Assert.Equal(ChatFinishReason.Length, cut.FinishReason);

        var tooMany = await Assert.ThrowsAsync<ArgumentException>(() => chat.Client.GetResponseAsync(prompt, new ChatOptions { MaxOutputTokens = 3 }));
        Assert.Equal("ChatOptions.MaxOutputTokens must be at most 2: the model has 128 positions, the prompt 126 tokens; was 3.", tooMany.Message);
        var tooLong = await Assert.ThrowsAsync<ArgumentException>(() => chat.Client.GetResponseAsync(prompt + prompt[..2]));
        Assert.Equal("messages must leave room for a response within the model's 128 positions; they have 128 tokens.", tooLong.Message);
    }
}
