using System.Globalization;

namespace Alignment.Models;

/// <summary>Tries again after what may pass, each time after twice the wait, and gives up after a bounded number of failures in a row.</summary>
internal sealed class Retry(int retries, TimeProvider time)
{
    private const long MuchProgress = 1 << 20;   // bytes; after so many the failures before no longer count

    private const int MostDoublings = 9;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <param name="attempt">Throws <see cref="TransientException"/> where another attempt may do better.</param>
    /// <param name="position">Bytes that there are; an attempt that fails after many is no sign of a hub that is down.</param>
    /// <param name="cancellationToken">Ends a wait too.</param>
    public async Task RunAsync(Func<Task> attempt, Func<long> position, CancellationToken cancellationToken)
    {
        var best = position();
        for (var failures = 0; ;)
        {
            TransientException failure;
            try
            {
                await attempt().ConfigureAwait(false);
                return;
            }
            catch (TransientException e)
            {
                failure = e;
            }
            var reached = position();
            failures = reached - best >= MuchProgress ? 1 : failures + 1;
            best = Math.Max(best, reached);
            await Task.Delay(Wait(failures, failure), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Wait(int failures, TransientException failure)
    {
        if (failures > retries)
            throw new ModelHubException(
                string.Create(CultureInfo.InvariantCulture, $"{failure.Message} Gave up after {failures} attempts."), failure.InnerException);
        if (failure.RetryAfter > LongestWait)
            throw new ModelHubException(string.Create(CultureInfo.InvariantCulture,
                $"{failure.Message} The hub asks to be left alone for {failure.RetryAfter.Value.TotalSeconds:F0} seconds."), failure.InnerException);
        var own = Backoff.Of(FirstWait, LongestWait, Math.Min(failures, MostDoublings + 1));
        return Longer(own, failure.RetryAfter ?? own);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan two) => one > two ? one : two;
}
