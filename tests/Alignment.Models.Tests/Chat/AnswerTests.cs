using System.Text.Json;
using Alignment.Generation;
using Microsoft.Extensions.AI;

namespace Alignment.Models.Tests;

/// <summary>Answers against what transformers generated greedily after the same ids.</summary>
public sealed class AnswerTests
{
    [Theory, InlineData(0, 5, 22), InlineData(1, 9, 24), InlineData(2, 7, 24)]   // row 0 holds the stop token twice, which is not text
    public async Task A_greedy_answer_is_that_of_transformers(int row, int promptTokens, int characters)
    {
        using var chat = new LlamaChat();
        var response = await chat.Client.GetResponseAsync(LlamaChat.Prompt(row), new ChatOptions { MaxOutputTokens = 24 });
        Assert.Equal(LlamaChat.Answer(row), response.Text);
        Assert.Equal(characters, response.Text.Length);
        Assert.Equal(ChatRole.Assistant, Assert.Single(response.Messages).Role);
        Assert.IsType<TextContent>(Assert.Single(response.Messages[0].Contents));
        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.Equal((promptTokens, 24, promptTokens + 24), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task A_stream_brings_each_token_as_it_comes_and_ends_with_the_reason_and_the_usage()
    {
        using var chat = new LlamaChat();
        var updates = await chat.StreamAsync(LlamaChat.Prompt(1), new ChatOptions { MaxOutputTokens = 24 });
        Assert.Equal(LlamaChat.Answer(1), string.Concat(updates.Select(update => update.Text)));
        Assert.Equal(24, updates.Count(update => update.Text.Length == 1));
        Assert.All(updates, update => Assert.Equal(ChatRole.Assistant, update.Role));
        Assert.All(updates.SkipLast(1), update => Assert.Null(update.FinishReason));
        Assert.All(updates.SkipLast(1), update => Assert.Single(update.Contents));
        Assert.Equal(ChatFinishReason.Length, updates[^1].FinishReason);
        Assert.Equal(33, Assert.Single(updates[^1].Contents.OfType<UsageContent>()).Details.TotalTokenCount);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Log_probabilities_come_with_the_response_as_endpoints_write_them(bool isStreamed)
    {
        using var chat = new LlamaChat();
        var options = new ChatOptions { MaxOutputTokens = 6, AdditionalProperties = new() { ["top_logprobs"] = 3 } };
        var response = isStreamed
            ? (await chat.StreamAsync(LlamaChat.Prompt(1), options)).ToChatResponse()
            : await chat.Client.GetResponseAsync(LlamaChat.Prompt(1), options);
        var content = ((JsonElement)Assert.Single(response.Messages).AdditionalProperties!["logprobs"]!).GetProperty("content").EnumerateArray().ToList();
        Assert.Equal(LlamaChat.Answer(1, 6), string.Concat(content.Select(token => token.GetProperty("token").GetString())));
        foreach (var token in content)
        {
            var top = token.GetProperty("top_logprobs").EnumerateArray().ToList();
            Assert.Equal((token.GetProperty("token").GetString(), token.GetProperty("logprob").GetSingle(), 3), (top[0].GetProperty("token").GetString(), top[0].GetProperty("logprob").GetSingle(), top.Count));   // greedy
            Assert.True(top[0].GetProperty("logprob").GetDouble() > top[1].GetProperty("logprob").GetDouble());
        }
        Assert.Null((await chat.Client.GetResponseAsync(LlamaChat.Prompt(1), new ChatOptions { MaxOutputTokens = 2 })).Messages[0].AdditionalProperties);
    }

    [Fact]
    public async Task A_stream_amounts_to_the_response()
    {
        using var chat = new LlamaChat(new PolicyChatOptions { ModelId = "tiny", TimeProvider = new Noon() });
        var response = await chat.Client.GetResponseAsync(LlamaChat.Prompt(0), new ChatOptions { MaxOutputTokens = 9 });
        var streamed = (await chat.StreamAsync(LlamaChat.Prompt(0), new ChatOptions { MaxOutputTokens = 9 })).ToChatResponse();
        foreach (var one in (ChatResponse[])[response, streamed])
        {
            Assert.Equal(LlamaChat.Answer(0, 9), one.Text);
            Assert.Equal(("tiny", Noon.Time), (one.ModelId, one.CreatedAt));
            Assert.Equal((5, 9, 14), (one.Usage!.InputTokenCount, one.Usage.OutputTokenCount, one.Usage.TotalTokenCount));
            Assert.Equal(one.ResponseId, Assert.Single(one.Messages).MessageId);
            Assert.Equal(ChatFinishReason.Length, one.FinishReason);
        }
        Assert.NotEqual(response.ResponseId, streamed.ResponseId);
    }

    [Fact]
    public async Task A_stop_token_ends_an_answer_whether_it_is_named_numbered_or_the_end_token()
    {
        // transformers stops at the eighth token, 260.
        var numbered = new TextGenerationOptions { Tokens = new GenerationOptions { StopIds = [LlamaChat.StopId] } };
        using var named = new LlamaChat(new PolicyChatOptions { StopTokens = [LlamaChat.Stop] });
        using var known = new LlamaChat(new PolicyChatOptions { Generation = numbered });
        using var end = new LlamaChat(endId: LlamaChat.StopId);
        foreach (var chat in (LlamaChat[])[named, known, end])
        {
            var response = await chat.Client.GetResponseAsync(LlamaChat.Prompt(0));
            Assert.Equal(LlamaChat.Answer(0, 7), response.Text);
            Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
            Assert.Equal(8, response.Usage!.OutputTokenCount);
        }
    }

    [Fact]
    public async Task A_stop_sequence_ends_an_answer_and_no_part_of_it_is_shown()
    {
        using var chat = new LlamaChat();
        var options = new ChatOptions { StopSequences = [LlamaChat.Answer(1)[3..6]] };
        var updates = await chat.StreamAsync(LlamaChat.Prompt(1), options);
        Assert.Equal(["114", "74", "181"], updates.Where(update => update.Text.Length > 0).Select(update => $"{update.Text[0] - 0x4E00}"));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        Assert.Equal(6, updates.ToChatResponse().Usage!.OutputTokenCount);
    }

    [Fact]
    public async Task With_a_real_tokenizer_pieces_are_whole_characters()
    {
        // A model that was never trained writes bytes at random: most characters are spread over tokens, or broken.
        using var model = PretrainedModel.Load(LlamaRecord.Folder);
        var tokenizer = Alignment.Data.HuggingFaceTokenizer.FromPretrained(LlamaRecord.Folder);
        using var client = new PolicyChatClient(model, tokenizer, new LastMessageTemplate());
        int[] prompt = [.. tokenizer.Encode("Grüße, 世界")];
        var ids = new TokenGenerator(model).Generate([prompt], new GenerationOptions { MaxNewTokens = 100 })[0].Ids;
        var pieces = new List<string>();
        await foreach (var update in client.GetStreamingResponseAsync("Grüße, 世界", new ChatOptions { MaxOutputTokens = 100 })) pieces.Add(update.Text);
        Assert.Equal(tokenizer.Decode(ids, skipSpecialTokens: true), string.Concat(pieces));
        Assert.InRange(pieces.Count, 10, 101);
    }

    private sealed class Noon : TimeProvider
    {
        public static readonly DateTimeOffset Time = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Time;
    }
}
