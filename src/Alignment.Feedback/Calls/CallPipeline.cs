using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Alignment.Feedback;

/// <summary>The one way in which calls are made: so many at once, so many a minute, tried again, paid for up to a cap, and never twice.</summary>
/// <remarks>
/// An answer is kept under the hash of model, messages and options, in <see cref="CallPipelineOptions.Journal"/> where there is one. A run that was
/// killed is run again as it was: whatever it had an answer for is not asked again. Calls that were on their way when it was killed are
/// asked again, and counted as if they had been charged for. Calls may come from many threads.
/// </remarks>
public sealed class CallPipeline : IDisposable
{
    private readonly IChatClient client;
    private readonly CallPipelineOptions options;
    private readonly string model;
    private readonly LogProbSource logProbs;
    private readonly CallJournal? journal;
    private readonly ConcurrentDictionary<string, CallAnswer> kept = new(StringComparer.Ordinal);
    private readonly KeyedLocks keys = new();
    private readonly SemaphoreSlim places;
    private readonly CostMeter cost;
    private readonly RateWindow? requests;
    private readonly RateWindow? tokens;
    private readonly Lock counting = new();
    private CallTotals totals = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>A pipeline to a model.</summary>
    /// <param name="client">The model; it stays the caller's.</param>
    /// <param name="options">How calls are made; null for the defaults.</param>
    /// <exception cref="ArgumentException">Neither the options nor the client name the model.</exception>
    /// <exception cref="IOException">The journal is in use by another process, or can't be opened.</exception>
    /// <exception cref="InvalidDataException">The journal is something else, or damaged in the middle.</exception>
    public CallPipeline(IChatClient client, CallPipelineOptions? options = null)
    {
        this.client = Ensure.NotNull(client);
        this.options = options ??= new CallPipelineOptions();
        model = options.Model ?? (client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId
            ?? throw new ArgumentException(
                $"The client must name its model in its metadata, or {nameof(CallPipelineOptions)}.{nameof(CallPipelineOptions.Model)} must: " +
                "answers are kept under it.", nameof(options));
        logProbs = LogProbSources.Of(client);
        places = new SemaphoreSlim(options.Concurrency);
        cost = new CostMeter(options.Prices, options.CostCap);
        requests = options.RequestsPerMinute is { } most ? new RateWindow(most, options.Time) : null;
        tokens = options.TokensPerMinute is { } mostTokens ? new RateWindow(mostTokens, options.Time) : null;
        if (options.Journal is null) return;
        journal = new CallJournal(options.Journal);
        cost.Add(options.Prices.Of(journal.Known.Input, journal.Known.Output));
        foreach (var size in journal.Uncertain) cost.Add(options.Prices.Of(size.Input, size.Output));
        CallLog.Opened(options.Logger, options.Journal, journal.Count, journal.Uncertain.Count);
    }

    /// <summary>The model's name, under which answers are kept.</summary>
    public string Model => model;

    /// <summary>What the calls of this pipeline took so far.</summary>
    public CallTotals Totals
    {
        get { lock (counting) return totals; }
    }

    /// <summary>The answer to a call: the kept one, or that of the model.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the call; answers that came are kept.</param>
    /// <exception cref="CallException">The call failed as often as it was tried.</exception>
    /// <exception cref="CostCapException">The call could pass the cap; it was not made.</exception>
    /// <exception cref="IOException">The answer can't be kept.</exception>
    public async Task<CallAnswer> AskAsync(ChatCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        cancellationToken.ThrowIfCancellationRequested();
        var key = CallKey.Of(model, call);
        using var turn = await keys.EnterAsync(key, cancellationToken).ConfigureAwait(false);
        if ((journal is null ? kept.GetValueOrDefault(key) : journal.Find(key)) is { } known)
        {
            Count(now => now with { FromCache = now.FromCache + 1 });
            return known with { IsFromCache = true };
        }
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await TryAsync(key, call, cancellationToken).ConfigureAwait(false);
        }
        catch (CostCapException reached)
        {
            CallLog.Capped(options.Logger, reached.Message);
            throw;
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Works on rows, several at once. A row that fails is kept with its reason, and the others go on.</summary>
    /// <typeparam name="TRow">The rows.</typeparam>
    /// <typeparam name="TResult">What is made of a row.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="work">Makes the result of a row by <see cref="AskAsync"/>. The same row must make the same calls, so that a later run finds
    /// their answers.</param>
    /// <param name="progress">Told after each row.</param>
    /// <param name="cancellationToken">Ends the work; answers that came are kept.</param>
    /// <returns>What became of each row, in the order of the rows.</returns>
    /// <exception cref="CostCapException">The cap is reached. Rows that were begun go on as far as they can; answers that came are kept.</exception>
    public async Task<IReadOnlyList<RowOutcome<TResult>>> MapAsync<TRow, TResult>(
        IReadOnlyList<TRow> rows, Func<TRow, CancellationToken, Task<TResult>> work, IProgress<CallProgress>? progress = null,
        CancellationToken cancellationToken = default) where TResult : class
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(work);
        return await new RowWork<TRow, TResult>(rows, work, () => Totals, progress).RunAsync(options.Concurrency, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Closes the journal. The client stays the caller's.</summary>
    public void Dispose()
    {
        journal?.Dispose();
        requests?.Dispose();
        tokens?.Dispose();
        places.Dispose();
    }

    private async Task<CallAnswer> TryAsync(string key, ChatCall call, CancellationToken cancellationToken)
    {
        var size = CallSize.Of(call);
        for (var failures = 0; ;)
        {
            var fault = await SendAsync(key, call, size, cancellationToken).ConfigureAwait(false);
            if (fault.Answer is { } answer) return answer;
            failures++;
            var (reason, again) = Judge(fault.Fault!, failures);
            if (!again)
            {
                var failure = new CallException(fault.Fault!.Kind, reason, failures, fault.Fault.MayBeBilled);
                Count(now => now with { Failures = now.Failures + 1 });
                journal?.Fail(key, failure, fault.Fault.MayBeBilled ? size : null);
                CallLog.Failed(options.Logger, CallLog.Short(key), failure.Kind, reason);
                throw failure;
            }
            var wait = RetryWait.Of(options.Retry, options.Seed, key, failures, fault.Fault!.RetryAfter);
            CallLog.TriedAgain(options.Logger, CallLog.Short(key), reason, wait.TotalSeconds);
            await Task.Delay(wait, options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(CallAnswer? Answer, CallFault? Fault)> SendAsync(
        string key, ChatCall call, CallSize size, CancellationToken cancellationToken)
    {
        if (requests is not null) await requests.EnterAsync(1, cancellationToken).ConfigureAwait(false);
        var share = tokens is null ? null : await tokens.EnterAsync(size.Tokens, cancellationToken).ConfigureAwait(false);
        var reservation = await cost.ReserveAsync(size, cancellationToken).ConfigureAwait(false);
        var (charged, isCertain) = (reservation, false);   // until it is known better
        try
        {
            journal?.Begin(key, size);
            Count(now => now with { Requests = now.Requests + 1 });
            var answer = AnswerReader.Read(await AnswerAsync(call, cancellationToken).ConfigureAwait(false), size);
            (charged, isCertain) = (options.Prices.Of(answer.InputTokens, answer.OutputTokens), true);
            if (share is not null) tokens!.Correct(share, answer.InputTokens + answer.OutputTokens);
            if (journal is null) kept[key] = answer;
            else journal.Answer(key, answer);
            Count(now => now with
            {
                Answers = now.Answers + 1, InputTokens = now.InputTokens + answer.InputTokens, OutputTokens = now.OutputTokens + answer.OutputTokens,
            });
            Tell(key, call, answer);
            return (answer, null);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && CallFault.Of(error, options.Time) is { } fault && !isCertain)
        {
            if (!fault.MayBeBilled) charged = 0;
            if (share is not null && !fault.MayBeBilled) tokens!.Correct(share, 0);
            return (null, fault);
        }
        finally
        {
            cost.Settle(reservation, charged);
            Count(now => isCertain ? now with { Cost = now.Cost + charged } : now with { UncertainCost = now.UncertainCost + charged });
        }
    }

    private async Task<ChatResponse> AnswerAsync(ChatCall call, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(options.Timeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        // A client that does not heed the token is left behind, not waited for.
        var request = AnswerReader.Options(call, logProbs, options.SendsSampling);
        return await client.GetResponseAsync(AnswerReader.Messages(call), request, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
    }

    private (string Reason, bool Again) Judge(CallFault fault, int failures)
    {
        if (!fault.MayPass) return (fault.Text, false);
        if (failures > options.Retry.MaxRetries)
            return (FormattableString.Invariant($"{fault.Text} Gave up after {failures} {(failures == 1 ? "try" : "tries")}."), false);
        return fault.RetryAfter > options.Retry.LongestWait
            ? (FormattableString.Invariant($"{fault.Text} It asks to be left alone for {fault.RetryAfter.Value.TotalSeconds:F0} seconds."), false)
            : (fault.Text, true);
    }

    private void Tell(string key, ChatCall call, CallAnswer answer)
    {
        CallLog.Answered(options.Logger, CallLog.Short(key), model, answer.InputTokens, answer.OutputTokens);
        if (options.Logger.IsEnabled(LogLevel.Trace)) CallLog.Texts(options.Logger, CallLog.Short(key), call.Messages[^1].Content, answer.Text);
    }

    private void Count(Func<CallTotals, CallTotals> change)
    {
        lock (counting) totals = change(totals);
    }
}
