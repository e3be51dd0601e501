using Alignment.Tests.Observers;
using Microsoft.Extensions.Logging;

namespace Alignment.Feedback.Tests.Calls;

/// <summary>What a pipeline says to a logger: what became of calls, and no text of theirs above Trace.</summary>
public sealed class CallLogTests : IDisposable
{
    private const string Question = "the private question", Answer = "the private answer";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_failure_a_new_try_and_an_answer()
    {
        var logger = new ListLogger(LogLevel.Debug);
        await AskAsync(logger, failures: 1);
        var key = CallKey.Of("scripted-1", ChatCall.Of("s", Question))[..12];
        Assert.Equal((LogLevel.Information, 200, $"{folder.File("calls.jsonl")}: 0 answers are there, 0 calls may have been charged for without one."), logger.Messages[0]);
        Assert.Equal((LogLevel.Information, 202), (logger.Messages[1].Level, logger.Messages[1].Id));
        Assert.Matches($@"^Call {key}: The connection failed: reset It is tried again in \d+\.\d seconds\.$", logger.Messages[1].Text);
        Assert.Equal((LogLevel.Debug, 201, $"Call {key} to scripted-1: 10 and 5 tokens."), logger.Messages[2]);
        Assert.Equal(3, logger.Messages.Count);

        await AskAsync(logger, failures: 0);   // kept: nothing is asked
        Assert.Equal("1 answers are there, 1 calls may have been charged for without one.", logger.Messages[^1].Text.Split(": ")[1]);   // what was broken off
    }

    [Fact]
    public async Task A_call_that_fails_for_good()
    {
        var logger = new ListLogger(LogLevel.Warning);
        await Assert.ThrowsAsync<CallException>(() => AskAsync(logger, failures: 9));
        var key = CallKey.Of("scripted-1", ChatCall.Of("s", Question))[..12];
        Assert.Equal([(LogLevel.Warning, 203, $"Call {key} failed, BrokenOff: The connection failed: reset Gave up after 3 tries.")], logger.Messages);
    }

    [Fact]
    public async Task A_cap_that_is_reached()
    {
        var logger = new ListLogger(LogLevel.Warning);
        var error = await Assert.ThrowsAsync<CostCapException>(() => AskAsync(logger, failures: 0, cap: 0));
        Assert.Equal([(LogLevel.Warning, 204, error.Message)], logger.Messages);
    }

    [Fact]
    public async Task Texts_are_told_at_Trace_alone()
    {
        var (trace, debug) = (new ListLogger(LogLevel.Trace), new ListLogger(LogLevel.Debug));
        await AskAsync(debug, failures: 2);
        await AskAsync(trace, failures: 0, journal: "other.jsonl");
        Assert.DoesNotContain(debug.Messages, message => message.Text.Contains("private", StringComparison.Ordinal));
        var (level, id, text) = trace.Messages[^1];
        Assert.Equal((LogLevel.Trace, 205), (level, id));
        Assert.EndsWith($"asked {Question} and was answered {Answer}", text, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private async Task AskAsync(ListLogger logger, int failures, decimal? cap = null, string journal = "calls.jsonl")
    {
        var calls = 0;
        using var client = new ScriptedClient((_, _) => ++calls <= failures ? throw new IOException("reset") : Task.FromResult(ScriptedClient.Response(Answer)));
        using var pipeline = new CallPipeline(client, new()
        {
            Journal = folder.File(journal), Logger = logger, Time = new QuickClock(), Retry = new() { MaxRetries = 2 }, CostCap = cap, Prices = new() { InputPerMillion = 1 },
        });
        await pipeline.AskAsync(ChatCall.Of("s", Question));
    }
}
