using Microsoft.Extensions.AI;

namespace Alignment.Feedback.Tests.Calls;

public sealed class CallPipelineTests : IDisposable
{
    private static readonly RetryOptions Once = new() { MaxRetries = 0 };

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task No_more_calls_are_under_way_than_may_be()
    {
        using var client = new ScriptedClient(async (_, token) =>
        {
            await Task.Delay(5, token);
            return ScriptedClient.Response("ok");
        });
        using var pipeline = new CallPipeline(client, new() { Concurrency = 3 });
        var all = Enumerable.Range(0, 40).Select(i => pipeline.AskAsync(Question(i)));
        await Task.WhenAll(all);
        Assert.Equal((3, 40), (client.MostAtOnce, client.Calls));
    }

    [Fact]
    public async Task Equal_calls_are_one_call_at_once_and_later()
    {
        using var client = new ScriptedClient(async (_, token) =>
        {
            await Task.Delay(20, token);
            return ScriptedClient.Response("ok");
        });
        using var pipeline = new CallPipeline(client);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => pipeline.AskAsync(Question(1))));
        Assert.Equal(4, answers.Count(answer => answer.IsFromCache));
        await pipeline.AskAsync(Question(1));
        Assert.Equal(1, client.Calls);
        Assert.Equal((1L, 1L, 5L), (pipeline.Totals.Requests, pipeline.Totals.Answers, pipeline.Totals.FromCache));
    }

    [Fact]
    public void Whatever_is_asked_is_part_of_the_key()
    {
        var call = new ChatCall([new("system", "a"), new("user", "b")], new CallOptions());
        ChatCall[] others =
        [
            new([new("system", "a"), new("user", "c")], call.Options), new([new("user", "a"), new("user", "b")], call.Options),
            new([new("system", "ab"), new("user", "")], call.Options), new([new("system", "a\",\"b")], call.Options),
            call with { Options = new() { Temperature = 0.5 } }, call with { Options = new() { MaxOutputTokens = 7 } },
            call with { Options = new() { Seed = 1 } }, call with { Options = new() { JsonSchema = "{}" } }, call with { Options = new() { TopLogProbs = 5 } },
        ];
        string[] keys = [CallKey.Of("m", call), CallKey.Of("n", call), .. others.Select(other => CallKey.Of("m", other))];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(CallKey.Of("m", call), CallKey.Of("m", new([new("system", "a"), new("user", "b")], new())));
    }

    [Fact]
    public async Task Requests_stay_within_any_minute()
    {
        var clock = new QuickClock();
        var times = new List<DateTimeOffset>();
        using var client = new ScriptedClient(_ =>
        {
            lock (times) times.Add(clock.GetUtcNow());
            return "ok";
        });
        using var pipeline = new CallPipeline(client, new() { RequestsPerMinute = 4, Concurrency = 1, Time = clock, Timeout = TimeSpan.FromHours(2) });
        for (var i = 0; i < 11; i++) await pipeline.AskAsync(Question(i));
        // 4 at once, 4 after a minute, 3 after two.
        Assert.Equal([0, 0, 0, 0, 60, 60, 60, 60, 120, 120, 120], times.Select(at => (int)(at - times[0]).TotalSeconds));
    }

    [Fact]
    public async Task Tokens_stay_within_any_minute_by_what_answers_took()
    {
        var clock = new QuickClock();
        var times = new List<DateTimeOffset>();
        using var client = new ScriptedClient((_, _) =>
        {
            lock (times) times.Add(clock.GetUtcNow());
            return Task.FromResult(ScriptedClient.Response("ok", 400, 100));
        });
        // A call's bound is 16 + 2 x 16 + 1 + 3 + 948 = 1,000 tokens; it takes 500. So 500 + 1,000 fits 1,600, 500 + 500 + 1,000 does not.
        using var pipeline = new CallPipeline(client, new() { TokensPerMinute = 1600, Concurrency = 1, Time = clock, Timeout = TimeSpan.FromHours(2) });
        for (var i = 0; i < 4; i++) await pipeline.AskAsync(ChatCall.Of("s", $"u-{i}", new() { MaxOutputTokens = 948 }));
        Assert.Equal([0, 0, 60, 60], times.Select(at => (int)(at - times[0]).TotalSeconds));
    }

    [Fact]
    public async Task Rows_stop_before_the_cap_and_go_on_with_a_higher_one()
    {
        using var client = new ScriptedClient(_ => "ok");   // 10 tokens in, 5 out
        // A call's bound: 16 + 2 x 16 + 1 + 3 = 52 in, 100 out; at 1 a token in, 2 a token out it is 252, and its cost 20.
        var options = new CallPipelineOptions
        {
            Prices = new() { InputPerMillion = 1_000_000, OutputPerMillion = 2_000_000 }, CostCap = 400, Concurrency = 1, Journal = folder.File("j"),
        };
        using (var pipeline = new CallPipeline(client, options))
        {
            var reached = await Assert.ThrowsAsync<CostCapException>(() => Run(pipeline));
            // 252 + 20 n must stay within 400: n = 0 to 7 may be sent, the ninth not.
            Assert.Equal((8, 160m, 252m, 400m, 8), (client.Calls, reached.Spent, reached.Needed, reached.Cap, reached.FinishedRows));
            Assert.Equal("The next call may cost up to 252, and 160 of 400 (CostCap) is spent. What was answered so far is kept.", reached.Message);
            Assert.Equal(160m, pipeline.Totals.Cost);
        }
        using (var pipeline = new CallPipeline(client, options))
        {
            var reached = await Assert.ThrowsAsync<CostCapException>(() => Run(pipeline));
            Assert.Equal((8, 160m), (client.Calls, reached.Spent));   // what an earlier run spent counts
        }
        using (var pipeline = new CallPipeline(client, options with { CostCap = 1000 }))
        {
            Assert.All(await Run(pipeline), outcome => Assert.True(outcome.IsDone));
            Assert.Equal((20, 8L, 240m), (client.Calls, pipeline.Totals.FromCache, pipeline.Totals.Cost));
        }

        static Task<IReadOnlyList<RowOutcome<CallAnswer>>> Run(CallPipeline pipeline) =>
            pipeline.MapAsync([.. Enumerable.Range(10, 20)], (row, token) => pipeline.AskAsync(ChatCall.Of("s", $"u{row}", new() { MaxOutputTokens = 100 }), token));
    }

    [Fact]
    public async Task Many_at_once_never_pass_the_cap_and_do_not_stop_too_early()
    {
        using var client = new ScriptedClient(async (_, token) =>
        {
            await Task.Delay(2, token);
            return ScriptedClient.Response("ok");
        });
        var options = new CallPipelineOptions { Prices = new() { InputPerMillion = 1_000_000, OutputPerMillion = 2_000_000 }, CostCap = 1000, Concurrency = 8 };
        using var pipeline = new CallPipeline(client, options);
        var reached = await Assert.ThrowsAsync<CostCapException>(() => pipeline.MapAsync(
            [.. Enumerable.Range(100, 100)], (row, token) => pipeline.AskAsync(ChatCall.Of("", $"u{row}", new() { MaxOutputTokens = 100 }), token)));
        // 252 + 20 n <= 1,000: 38 calls in all, however they overlap.
        Assert.Equal((38, 760m), (client.Calls, pipeline.Totals.Cost));
        Assert.True(reached.Spent <= 1000);
    }

    [Fact]
    public async Task Where_one_row_reaches_the_cap_no_other_is_begun()
    {
        using var client = new ScriptedClient(async (_, token) =>
        {
            await Task.Delay(200, token);
            return ScriptedClient.Response("ok");
        });
        using var pipeline = new CallPipeline(client, new() { Prices = new() { OutputPerMillion = 1_000_000 }, CostCap = 1000, Concurrency = 2 });
        var reached = await Assert.ThrowsAsync<CostCapException>(() => pipeline.MapAsync(
            [5000, .. Enumerable.Repeat(10, 20)], (most, token) => pipeline.AskAsync(ChatCall.Of("s", "u", new() { MaxOutputTokens = most, Seed = Random.Shared.Next() }), token)));
        Assert.InRange(client.Calls, 0, 1);   // a row that was begun beside it goes on
        Assert.Equal(client.Calls, reached.FinishedRows);
    }

    [Fact]
    public async Task A_call_that_broke_off_counts_as_charged()
    {
        using var client = new ScriptedClient((_, _) => throw new IOException("gone"));
        using var pipeline = new CallPipeline(client, new() { Prices = new() { InputPerMillion = 1_000_000 }, Retry = Once, Journal = folder.File("j") });
        var failure = await Assert.ThrowsAsync<CallException>(() => pipeline.AskAsync(ChatCall.Of("s", "u")));
        Assert.Equal((FailureKind.BrokenOff, "The connection failed: gone Gave up after 1 try.", true), (failure.Kind, failure.Message, failure.MayBeBilled));
        Assert.Equal((50m, 0m, 1L), (pipeline.Totals.UncertainCost, pipeline.Totals.Cost, pipeline.Totals.Failures));   // 16 + 2 x 16 + 1 + 1
        pipeline.Dispose();
        using var next = new CallPipeline(client, new() { Prices = new() { InputPerMillion = 1_000_000 }, CostCap = 99, Journal = folder.File("j") });
        Assert.Equal((50m, 1), ((await Assert.ThrowsAsync<CostCapException>(() => next.AskAsync(ChatCall.Of("s", "u")))).Spent, client.Calls));
    }

    [Fact]
    public async Task A_call_whose_end_nobody_saw_counts_as_charged_in_the_next_run()
    {
        using var cancel = new CancellationTokenSource();
        using var client = new ScriptedClient(async (_, token) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        });
        var options = new CallPipelineOptions { Prices = new() { InputPerMillion = 1_000_000 }, CostCap = 99, Journal = folder.File("j") };
        using (var pipeline = new CallPipeline(client, options))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pipeline.AskAsync(ChatCall.Of("s", "u"), cancel.Token));
        using var next = new CallPipeline(client, options);
        Assert.Equal((50m, 1), ((await Assert.ThrowsAsync<CostCapException>(() => next.AskAsync(ChatCall.Of("s", "u")).WaitAsync(TimeSpan.FromSeconds(30)))).Spent, client.Calls));
    }

    [Theory]
    [InlineData("header was Bearer abc123def", "header was [key]")]
    [InlineData("key sk-proj-Ab_12345678 is wrong", "key [key] is wrong")]
    [InlineData("hf_abcdefghij and AIzaSyA1234567890", "[key] and [key]")]
    public async Task What_looks_like_a_key_is_not_passed_on_from_any_client(string said, string shown)
    {
        using var client = new ScriptedClient((_, _) => throw new HttpRequestException(said));
        using var pipeline = new CallPipeline(client, new() { Retry = Once });
        var failure = await Assert.ThrowsAsync<CallException>(() => pipeline.AskAsync(Question(0)));
        Assert.Equal($"The connection failed: {shown} Gave up after 1 try.", failure.Message);
    }

    [Theory, InlineData(429), InlineData(500), InlineData(400)]
    public async Task A_call_that_was_answered_with_an_error_costs_nothing(int status)
    {
        using var client = new ScriptedClient((_, _) => throw new EndpointException(status, null, "no"));
        using var pipeline = new CallPipeline(client, new() { Prices = new() { InputPerMillion = 1_000_000 }, Retry = Once });
        Assert.False((await Assert.ThrowsAsync<CallException>(() => pipeline.AskAsync(ChatCall.Of("s", "u")))).MayBeBilled);
        Assert.Equal((0m, 0m), (pipeline.Totals.UncertainCost, pipeline.Totals.Cost));
    }

    [Fact]
    public async Task Rows_that_fail_are_kept_with_their_reason_and_the_others_go_on()
    {
        using var client = new ScriptedClient(text => text.EndsWith('3') ? throw new HttpRequestException("no route") : text.EndsWith('5') ? " " : $"<{text}>");
        using var pipeline = new CallPipeline(client, new() { Retry = Once });
        var progress = new Reports();
        var outcomes = await pipeline.MapAsync([.. Enumerable.Range(0, 8)], (row, token) => pipeline.AskAsync(Question(row), token), progress);
        Assert.Equal(Enumerable.Range(0, 8), outcomes.Select(outcome => outcome.Row));
        Assert.Equal([3, 5], outcomes.Where(outcome => !outcome.IsDone).Select(outcome => outcome.Row));
        Assert.Equal((FailureKind.BrokenOff, FailureKind.Unreadable), (outcomes[3].Failure!.Kind, outcomes[5].Failure!.Kind));
        Assert.Equal("The answer is empty.", outcomes[5].Failure!.Message);
        Assert.Equal("<u7>", outcomes[7].Result!.Text);
        var last = progress.All.MaxBy(report => report.Done);
        Assert.Equal((8, 8, 2, 8, 6L), (progress.All.Count, last.Done, last.Failed, last.Rows, last.Totals.Answers));
    }

    [Fact]
    public async Task A_mistake_in_a_program_is_no_failure_of_a_row()
    {
        using var client = new ScriptedClient(_ => "ok");
        using var pipeline = new CallPipeline(client);
        await Assert.ThrowsAsync<InvalidCastException>(() => pipeline.MapAsync<int, CallAnswer>(
            [.. Enumerable.Range(0, 50)], async (row, token) => row == 7 ? throw new InvalidCastException() : await pipeline.AskAsync(Question(row), token)));
    }

    [Fact]
    public async Task Cancelling_ends_the_work_and_keeps_what_was_answered()
    {
        using var cancel = new CancellationTokenSource();
        using var client = new ScriptedClient(async (messages, token) =>
        {
            if (messages[^1].Text == "u4") await cancel.CancelAsync();
            await Task.Delay(1, token);
            return ScriptedClient.Response("ok");
        });
        using (var pipeline = new CallPipeline(client, new() { Concurrency = 1, Journal = folder.File("j") }))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pipeline.MapAsync(
                [.. Enumerable.Range(0, 9)], (row, token) => pipeline.AskAsync(Question(row), token), cancellationToken: cancel.Token));
        Assert.Equal(5, client.Calls);
        using var next = new CallPipeline(client, new() { Journal = folder.File("j") });
        for (var row = 0; row < 4; row++) Assert.True((await next.AskAsync(Question(row))).IsFromCache);
    }

    [Fact]
    public void Waits_double_up_to_the_longest_with_a_random_half_from_the_seed()
    {
        var options = new RetryOptions { FirstWait = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromSeconds(10) };
        var key = CallKey.Of("m", Question(0));
        double[] most = [1, 2, 4, 8, 10, 10];
        for (var failures = 1; failures <= 6; failures++)
        {
            var waits = Enumerable.Range(0, 200).Select(seed => RetryWait.Of(options, seed, key, failures, null).TotalSeconds).ToList();
            Assert.All(waits, wait => Assert.InRange(wait, most[failures - 1] / 2, most[failures - 1]));
            Assert.InRange(waits.Average(), 0.70 * most[failures - 1], 0.80 * most[failures - 1]);   // uniform: 0.75; 200 draws stray by 0.03
        }
        Assert.Equal(RetryWait.Of(options, 1, key, 2, null), RetryWait.Of(options, 1, key, 2, null));
        Assert.NotEqual(RetryWait.Of(options, 1, key, 2, null), RetryWait.Of(options, 1, CallKey.Of("m", Question(1)), 2, null));
        Assert.InRange(RetryWait.Of(options, 1, key, 1, TimeSpan.FromSeconds(30)).TotalSeconds, 30, 30.5);
    }

    [Fact]
    public async Task A_client_without_a_name_needs_one_and_log_probabilities_come_from_any_client()
    {
        using var client = new ScriptedClient((_, _) =>
        {
            var response = ScriptedClient.Response("1");
            response.AdditionalProperties = new() { ["logprobs"] = new[] { new TokenLogProb("1", -0.5, [new("2", -1)]) } };
            return Task.FromResult(response);
        });
        using var pipeline = new CallPipeline(client);
        Assert.Equal("scripted-1", pipeline.Model);
        Assert.Equal(-0.5, (await pipeline.AskAsync(Question(0))).LogProbs!.Single().LogProb);
        using var nameless = new Nameless();
        Assert.Contains("must name its model", Assert.Throws<ArgumentException>(() => new CallPipeline(nameless)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    internal static ChatCall Question(int number) => ChatCall.Of("s", $"u{number}");

    private sealed class Reports : IProgress<CallProgress>
    {
        public List<CallProgress> All { get; } = [];

        public void Report(CallProgress value)
        {
            lock (All) All.Add(value);
        }
    }

    private sealed class Nameless() : DelegatingChatClient(new ScriptedClient(_ => ""))
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) => null;
    }
}
