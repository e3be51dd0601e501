using System.Text.Json;
using Alignment.Generation;
using Microsoft.Extensions.AI;

namespace Alignment.Models.Tests;

/// <summary>What each option of a request becomes, and that nothing else is accepted.</summary>
public sealed class ChatOptionsTests
{
    private static readonly TextGenerationOptions Usual = new()
    {
        Tokens = new GenerationOptions { MaxNewTokens = 7, Sampling = new SamplingOptions { Temperature = 0.5, TopK = 3 }, RepetitionPenalty = 1.5, Seed = 1 },
        StopTexts = ["one"],
    };

    public static TheoryData<ChatOptions, string> Refused => new()
    {
        { new ChatOptions { ModelId = "gpt-4" }, "ChatOptions.ModelId must be null or \"policy\"; was \"gpt-4\"." },
        { new ChatOptions { ConversationId = "c1" }, "ChatOptions.ConversationId must be null, as requests bring all their messages; was \"c1\"." },
        { new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "look_up")] }, "ChatOptions.Tools must be empty; held \"look_up\"." },
        { new ChatOptions { ToolMode = ChatToolMode.RequireAny }, "ChatOptions.ToolMode must be null, Auto or None; was RequiredChatToolMode." },
        { new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, "ChatOptions.ResponseFormat must be null or Text; was ChatResponseFormatJson." },
        { new ChatOptions { Reasoning = new ReasoningOptions() }, "ChatOptions.Reasoning must be null; was ReasoningOptions." },
        { new ChatOptions { FrequencyPenalty = 0.5f }, "ChatOptions.FrequencyPenalty must be null or 0; was 0.5." },
        { new ChatOptions { PresencePenalty = -0.5f }, "ChatOptions.PresencePenalty must be null or 0; was -0.5." },
        { new ChatOptions { RawRepresentationFactory = _ => null }, "ChatOptions.RawRepresentationFactory must be null; was set." },
        {
            new ChatOptions { AdditionalProperties = new() { ["min_p"] = 0.1, ["top_a"] = 0.2 } },
            "ChatOptions.AdditionalProperties must be limited to min_p, repetition_penalty and top_logprobs; held \"top_a\"."
        },
    };

    [Theory, MemberData(nameof(Refused))]
    public void What_a_policy_cannot_do_is_refused_by_name(ChatOptions options, string message)
    {
        using var chat = new LlamaChat();
        var error = Assert.Throws<NotSupportedException>(() => { chat.Client.GetStreamingResponseAsync("?", options); });
        Assert.Equal(message, error.Message);
        Assert.Throws<NotSupportedException>(() => { _ = chat.Client.GetResponseAsync("?", options); });
    }

    [Fact]
    public void What_changes_nothing_is_accepted() => Assert.Equal(Usual.Tokens, Read(new ChatOptions
    {
        ModelId = "policy",
        Tools = [],
        ToolMode = ChatToolMode.None,
        AllowMultipleToolCalls = true,
        ResponseFormat = ChatResponseFormat.Text,
        FrequencyPenalty = 0,
        PresencePenalty = 0,
        StopSequences = [],
        AdditionalProperties = new() { ["min_p"] = null },
    }).Tokens);

    [Fact]
    public void Options_of_a_request_stand_over_those_of_the_client()
    {
        var read = Read(new ChatOptions
        {
            Temperature = 2,
            TopK = 5,
            TopP = 0.75f,
            MaxOutputTokens = 9,
            StopSequences = ["two", "three"],
            AdditionalProperties = new() { ["min_p"] = 0.25f, ["repetition_penalty"] = JsonSerializer.SerializeToElement(1.25), ["top_logprobs"] = 3 },
        });
        Assert.Equal(
            Usual.Tokens with { MaxNewTokens = 9, RepetitionPenalty = 1.25, TopLogProbs = 3, Sampling = new SamplingOptions { Temperature = 2, TopK = 5, TopP = 0.75, MinP = 0.25 } },
            read.Tokens);
        Assert.Equal(["one", "two", "three"], read.StopTexts);
    }

    [Fact]
    public void One_option_leaves_the_others_of_the_client() =>
        Assert.Equal(new SamplingOptions { Temperature = 0.5, TopK = 3, TopP = 0.75 }, Read(new ChatOptions { TopP = 0.75f }).Tokens.Sampling);

    [Fact]
    public void Temperature_0_is_greedy_whatever_else_is_asked_for() =>
        Assert.Null(Read(new ChatOptions { Temperature = 0, TopP = 0.5f }).Tokens.Sampling);

    [Fact]
    public void A_greedy_client_samples_when_a_request_says_from_what()
    {
        var greedy = new TextGenerationOptions();
        Assert.Null(ChatOptionsReader.Read(new ChatOptions(), greedy, 0, "policy").Tokens.Sampling);
        Assert.Equal(new SamplingOptions { TopK = 2 }, ChatOptionsReader.Read(new ChatOptions { TopK = 2 }, greedy, 0, "policy").Tokens.Sampling);
    }

    [Fact]
    public void Values_out_of_range_are_refused_where_they_are_given()
    {
        using var chat = new LlamaChat();
        string Message(ChatOptions options) => Assert.ThrowsAny<ArgumentException>(() => { chat.Client.GetStreamingResponseAsync("?", options); }).Message;
        Assert.Equal("ChatOptions.MaxOutputTokens must be at least 1; was 0.", Message(new ChatOptions { MaxOutputTokens = 0 }));
        Assert.StartsWith("Temperature must be a finite number greater than 0.", Message(new ChatOptions { Temperature = -1 }), StringComparison.Ordinal);
        Assert.StartsWith("TopP must be greater than 0 and at most 1.", Message(new ChatOptions { TopP = 1.5f }), StringComparison.Ordinal);
        Assert.StartsWith("StopTexts[1] must hold at least one character.", Message(new ChatOptions { StopSequences = ["a", ""] }), StringComparison.Ordinal);
        Assert.Equal(
            "ChatOptions.AdditionalProperties[\"min_p\"] must be a number; was String.", Message(new ChatOptions { AdditionalProperties = new() { ["min_p"] = "0.1" } }));
        foreach (var count in (double[])[21, -1, 2.5])
            Assert.Equal(FormattableString.Invariant($"ChatOptions.AdditionalProperties[\"top_logprobs\"] must be a whole number from 0 to 20; was {count}."), Message(new ChatOptions { AdditionalProperties = new() { ["top_logprobs"] = count } }));
    }

    [Fact]
    public async Task A_seed_gives_one_answer_and_without_one_answers_vary_in_a_way_that_repeats()
    {
        var tokens = new GenerationOptions { MaxNewTokens = 12, Sampling = new SamplingOptions(), Seed = 5 };
        var sampling = new PolicyChatOptions { Generation = new TextGenerationOptions { Tokens = tokens } };
        async Task<string[]> Answers()
        {
            using var chat = new LlamaChat(sampling);
            var answers = new List<string>();
            foreach (var seed in (long?[])[null, 5, 6, null, 5])
                answers.Add((await chat.Client.GetResponseAsync(LlamaChat.Prompt(0), new ChatOptions { Seed = seed })).Text);
            return [.. answers];
        }
        var answers = await Answers();
        Assert.Equal((answers[0], answers[2], answers[0]), (answers[1], answers[3], answers[4]));   // requests without a seed take 5, then 6
        Assert.NotEqual(answers[0], answers[2]);
        Assert.Equal(answers, await Answers());
    }

    [Fact]
    public void Options_of_a_client_are_checked_where_they_are_written()
    {
        var two = new TextGenerationOptions { Tokens = new GenerationOptions { SamplesPerPrompt = 2 } };
        Assert.Equal(
            "SamplesPerPrompt must be 1, since a request has one response; was 2. (Parameter 'Generation')",
            Assert.Throws<ArgumentException>(() => new PolicyChatOptions { Generation = two }).Message);
        Assert.Equal("ModelId", Assert.Throws<ArgumentException>(() => new PolicyChatOptions { ModelId = "" }).ParamName);
        Assert.Equal("Generation", Assert.Throws<ArgumentNullException>(() => new PolicyChatOptions { Generation = null! }).ParamName);
        Assert.Equal("StopTokens", Assert.Throws<ArgumentNullException>(() => new PolicyChatOptions { StopTokens = null! }).ParamName);
        Assert.Equal("TimeProvider", Assert.Throws<ArgumentNullException>(() => new PolicyChatOptions { TimeProvider = null! }).ParamName);
        Assert.Equal(
            "StopTokens must be single tokens of the tokenizer; \"<|im_end|>\" is none. (Parameter 'options')",
            Assert.Throws<ArgumentException>(() => new LlamaChat(new PolicyChatOptions { StopTokens = ["<|im_end|>"] })).Message);
    }

    private static TextGenerationOptions Read(ChatOptions options) => ChatOptionsReader.Read(options, Usual, seed: 1, "policy");
}
