using Microsoft.Extensions.AI;
using AI = Microsoft.Extensions.AI;

namespace Alignment.Feedback.Tests;

public sealed class ChatEndpointsTests
{
    private const string Secret = "sk-test-0123456789abcdefXYZ9";

    [Fact]
    public async Task An_endpoint_answers_with_tokens_and_log_probabilities()
    {
        using var server = new LocalServer(_ => Reply.Text("1", 12, 1,
            """{"content":[{"token":"1","logprob":-0.1,"bytes":[49],"top_logprobs":[{"token":"1","logprob":-0.1,"bytes":[49]},{"token":"2","logprob":-2.4,"bytes":[50]}]}]}"""));
        using var client = Endpoint(server);
        using var pipeline = new CallPipeline(client);
        var answer = await pipeline.AskAsync(ChatCall.Of("Judge.", "Which?", new CallOptions { TopLogProbs = 5, Seed = 3, JsonSchema = """{"type":"object"}""" }));
        Assert.Equal(("1", 12L, 1L, false), (answer.Text, answer.InputTokens, answer.OutputTokens, answer.IsCut));
        var token = Assert.Single(answer.LogProbs!);
        Assert.Equal((-0.1, "2", -2.4), (Math.Round(token.LogProb, 6), token.Alternatives[1].Token, Math.Round(token.Alternatives[1].LogProb, 6)));   // the package reads float32
        var asked = Assert.Single(server.Requests);
        Assert.Equal($"Bearer {Secret}", asked.Headers["Authorization"]);
        foreach (var part in new[] { "\"logprobs\":true", "\"top_logprobs\":5", "\"seed\":3", "\"temperature\":0", "\"max_completion_tokens\":1024", "\"json_schema\"", "\"strict\":true", "\"model\":\"m\"", "\"Which?\"" })
            Assert.Contains(part, asked.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_takes_no_sampling_is_given_none()
    {
        using var server = new LocalServer(_ => Reply.Text("ok"));
        using var client = Endpoint(server);
        using var pipeline = new CallPipeline(client, new() { SendsSampling = false });
        await pipeline.AskAsync(ChatCall.Of("s", "u", new() { Seed = 3, Temperature = 0.5 }));
        Assert.All(new[] { "seed", "temperature", "logprobs" }, name => Assert.DoesNotContain(name, server.Requests.Single().Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Errors_that_pass_are_tried_again_as_the_endpoint_asks()
    {
        var replies = new Queue<Reply>([
            Reply.Error(429, "slow down") with { Headers = [("Retry-After", "7")] }, Reply.Error(500, "oh"),
            Reply.Text("half") with { BreaksAfter = 30 }, Reply.Text("whole")]);
        using var server = new LocalServer(_ => replies.Dequeue());
        using var client = Endpoint(server);
        var clock = new QuickClock();
        using var pipeline = new CallPipeline(client, new() { Time = clock, Timeout = TimeSpan.FromHours(2) });
        Assert.Equal("whole", (await pipeline.AskAsync(ChatCall.Of("s", "u"))).Text);
        Assert.Equal((4, 1), ((int)pipeline.Totals.Requests, (int)pipeline.Totals.Answers));
        Assert.InRange(clock.Waits[0].TotalSeconds, 7, 7.5);       // what was asked for, and up to half a second
        Assert.InRange(clock.Waits[1].TotalSeconds, 1, 2);         // the second wait is 2 seconds at most, 1 at least
        Assert.InRange(clock.Waits[2].TotalSeconds, 2, 4);
    }

    [Fact]
    public async Task An_endpoint_that_stalls_is_left()
    {
        using var server = new LocalServer(_ => new Reply(200, "") { Stalls = true });
        using var client = Endpoint(server);
        using var pipeline = new CallPipeline(client, new() { Timeout = TimeSpan.FromSeconds(1), Retry = new() { MaxRetries = 1, FirstWait = TimeSpan.FromMilliseconds(1) } });
        var failure = await Assert.ThrowsAsync<CallException>(() => pipeline.AskAsync(ChatCall.Of("s", "u")));
        Assert.Equal((FailureKind.TimedOut, 2, true, "No answer came in time. Gave up after 2 tries."), (failure.Kind, failure.Attempts, failure.MayBeBilled, failure.Message));
        Assert.InRange(server.Requests.Count, 1, 2);   // a busy machine may take a second to accept
    }

    [Fact]
    public async Task A_refused_call_is_not_tried_again()
    {
        using var server = new LocalServer(_ => Reply.Error(400, "max_tokens is too large"));
        using var client = Endpoint(server);
        using var pipeline = new CallPipeline(client);
        var failure = await Assert.ThrowsAsync<CallException>(() => pipeline.AskAsync(ChatCall.Of("s", "u")));
        Assert.Equal((FailureKind.Refused, 1), (failure.Kind, failure.Attempts));
        Assert.Contains("answered with 400", failure.Message, StringComparison.Ordinal);
        Assert.Contains("max_tokens is too large", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_longer_than_ours_ends_the_call()
    {
        using var server = new LocalServer(_ => Reply.Error(429, "tomorrow") with { Headers = [("Retry-After", "86400")] });
        using var client = Endpoint(server);
        using var pipeline = new CallPipeline(client);
        var failure = await Assert.ThrowsAsync<CallException>(() => pipeline.AskAsync(ChatCall.Of("s", "u")));
        Assert.EndsWith("It asks to be left alone for 86400 seconds.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "Incorrect API key provided: " + Secret + ". Find yours.")]
    [InlineData(401, "Incorrect API key provided: sk-test-********XYZ9.")]
    [InlineData(500, "header was 'Authorization: Bearer " + Secret + "'")]
    public async Task A_key_comes_out_nowhere(int status, string message)
    {
        using var folder = new TemporaryFolder();
        using var server = new LocalServer(_ => Reply.Error(status, message));
        using var client = Endpoint(server);
        using var pipeline = new CallPipeline(client, new() { Journal = folder.File("calls.jsonl"), Retry = new() { MaxRetries = 0 } });
        var failure = await Assert.ThrowsAsync<CallException>(() => pipeline.AskAsync(ChatCall.Of("s", "u")));
        var raw = await Assert.ThrowsAsync<EndpointException>(() => client.GetResponseAsync([new AI.ChatMessage(ChatRole.User, "u")]));
        pipeline.Dispose();
        var said = string.Join('\n', failure.ToString(), raw.ToString(), client.ToString(), pipeline.ToString(), new ChatEndpointOptions().ToString(),
            File.ReadAllText(folder.File("calls.jsonl")));
        foreach (var part in new[] { Secret, "0123456789", "XYZ9", "sk-test" }) Assert.DoesNotContain(part, said, StringComparison.Ordinal);
        Assert.Contains("[key]", failure.Message, StringComparison.Ordinal);
        Assert.Equal($"m at {server.Address}", client.ToString());
    }

    [Fact]
    public void Settings_that_are_missing_or_wrong_are_named()
    {
        Assert.Equal("OPENAI_API_KEY must hold the key of the endpoint.", Error([("OPENAI_MODEL", "m")]));
        Assert.Equal("OPENAI_MODEL must name a model, or ChatEndpointOptions.DefaultModel must.", Error([("OPENAI_API_KEY", Secret)]));
        Assert.Equal("OPENAI_BASE_URL must be an https address, or one of this computer: a key would be sent in the open.",
            Error([("OPENAI_API_KEY", Secret), ("OPENAI_MODEL", "m"), ("OPENAI_BASE_URL", "http://models.example/v1")]));
        Assert.Equal("OPENAI_BASE_URL must not hold a user or a password.",
            Error([("OPENAI_API_KEY", Secret), ("OPENAI_MODEL", "m"), ("OPENAI_BASE_URL", "https://a:b@models.example/v1")]));
        Assert.Equal("OPENAI_API_KEY holds characters that a key has not.", Error([("OPENAI_API_KEY", "sk\n" + Secret), ("OPENAI_MODEL", "m")]));

        static string Error((string Name, string Value)[] settings) => Assert.Throws<InvalidOperationException>(() => ChatEndpoints.From(Of(settings))).Message;
    }

    [Fact]
    public void A_server_of_this_computer_needs_no_key()
    {
        using var client = ChatEndpoints.From(Of([("OPENAI_BASE_URL", "http://localhost:8000/v1")]), new ChatEndpointOptions { DefaultModel = "llama" });
        Assert.Equal("llama at http://localhost:8000/v1", client.ToString());
    }

    private static IChatClient Endpoint(LocalServer server) =>
        ChatEndpoints.From(Of([("OPENAI_API_KEY", Secret), ("OPENAI_BASE_URL", server.Address), ("OPENAI_MODEL", "m")]));

    private static Func<string, string?> Of((string Name, string Value)[] settings) => name => settings.FirstOrDefault(setting => setting.Name == name).Value;
}
