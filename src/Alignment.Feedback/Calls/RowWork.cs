using System.Runtime.ExceptionServices;

namespace Alignment.Feedback;

/// <summary>Works on rows, several at once, in their order.</summary>
internal sealed class RowWork<TRow, TResult>(
    IReadOnlyList<TRow> rows, Func<TRow, CancellationToken, Task<TResult>> work, Func<CallTotals> totals,
        IProgress<CallProgress>? progress) where TResult : class
{
    private readonly RowOutcome<TResult>[] outcomes = new RowOutcome<TResult>[rows.Count];
    private int next = -1;
    private int done;
    private int failed;
    private CostCapException? capped;
    private ExceptionDispatchInfo? mistake;

    public async Task<IReadOnlyList<RowOutcome<TResult>>> RunAsync(int concurrency, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var workers = Enumerable.Range(0, Math.Min(concurrency, rows.Count)).Select(_ => Task.Run(() => WorkAsync(stop), CancellationToken.None));
        await Task.WhenAll(workers).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        mistake?.Throw();
        if (capped is null) return outcomes;
        capped.FinishedRows = done;
        throw capped;
    }

    private async Task WorkAsync(CancellationTokenSource stop)
    {
        while (Volatile.Read(ref capped) is null && Interlocked.Increment(ref next) is var row && row < rows.Count)
        {
            try
            {
                stop.Token.ThrowIfCancellationRequested();
                outcomes[row] = new(row, await work(rows[row], stop.Token).ConfigureAwait(false), null);
            }
            catch (FeedbackException failure)
            {
                outcomes[row] = new(row, null, failure);
                Interlocked.Increment(ref failed);
            }
            catch (CostCapException reached)
            {
                Interlocked.CompareExchange(ref capped, reached, null);
                return;
            }
            catch (Exception error)   // cancelled, or a mistake in a program: the other rows need not go on
            {
                Interlocked.CompareExchange(ref mistake, ExceptionDispatchInfo.Capture(error), null);
                await stop.CancelAsync().ConfigureAwait(false);
                return;
            }
            var finished = Interlocked.Increment(ref done);
            progress?.Report(new CallProgress(finished, Volatile.Read(ref failed), rows.Count, totals()));
        }
    }
}
