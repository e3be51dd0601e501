namespace Alignment.Feedback;

/// <summary>Keeps money back for calls on their way, so that whatever they turn out to cost the cap is not passed.</summary>
internal sealed class CostMeter(CallPrices prices, decimal? cap)
{
    private readonly Lock gate = new();
    private decimal spent;
    private decimal reserved;
    private TaskCompletionSource settled = NewSignal();

    /// <summary>What an earlier run spent.</summary>
    public void Add(decimal cost)
    {
        lock (gate) spent += cost;
    }

    /// <summary>Keeps back what a call can cost at most. Where only calls on their way stand against it, waits for them: they rarely cost so
    /// much.</summary>
    /// <exception cref="CostCapException">The call could pass the cap.</exception>
    public async Task<decimal> ReserveAsync(CallSize size, CancellationToken cancellationToken)
    {
        var needed = prices.Of(size.Input, size.Output);
        while (true)
        {
            Task wait;
            lock (gate)
            {
                if (cap is not { } most || spent + reserved + needed <= most)
                {
                    reserved += needed;
                    return needed;
                }
                if (spent + needed > most) throw new CostCapException(most, spent, needed);
                wait = settled.Task;
            }
            await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The call is over.</summary>
    /// <param name="reservation">What was kept back for it.</param>
    /// <param name="cost">What it cost.</param>
    public void Settle(decimal reservation, decimal cost)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            reserved -= reservation;
            spent += cost;
            waiting = settled;
            settled = NewSignal();
        }
        waiting.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
