using System.Globalization;

namespace Alignment.Training;

/// <summary>Scores by a judge elsewhere. Asynchrony ends here: the run waits until every response has its score.</summary>
internal sealed class JudgedReward(Func<SampledResponse, CancellationToken, Task<double>> judge, JudgeOptions options, TimeProvider time) : RewardSource
{
    private readonly Func<SampledResponse, CancellationToken, Task<double>> _judge = Ensure.NotNull(judge, nameof(judge));

    public override string Identity => "a judge";

    public override RewardScores Score(IReadOnlyList<SampledResponse> responses, CancellationToken cancellationToken = default)
    {
        var scores = new double[responses.Count];
        var calls = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken };
        // On the pool, so that a caller with a synchronization context is not waited for by itself.
        Task.Run(
            () => Parallel.ForAsync(0, scores.Length, calls, async (i, token) => scores[i] = await ScoreAsync(responses[i], i, token).ConfigureAwait(false)),
            cancellationToken).GetAwaiter().GetResult();
        return new RewardScores(scores);
    }

    private async Task<double> ScoreAsync(SampledResponse response, int index, CancellationToken cancellationToken)
    {
        var chance = new SplitMix64(new SplitMix64((ulong)options.Seed).Next() ^ (uint)index);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(response, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                if (attempt == options.Attempts)
                    throw new RewardException(string.Create(CultureInfo.InvariantCulture, $"The judge gave no score for {response.Name} in {attempt} attempts. The last one ended with: {error.Message}"), error) { Response = response };
            }
            await Task.Delay(Wait(attempt, chance.Unit()), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<double> TryAsync(SampledResponse response, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // A judge that does not look at its token is left behind all the same.
            var score = await _judge(response, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            return double.IsFinite(score) ? score : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"A score must be a finite number; was {score}."));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"No score came within {options.Timeout.TotalSeconds} seconds."));
        }
    }

    // Half of the wait is left to chance, so that calls that failed together don't come back together.
    private TimeSpan Wait(int failures, double chance) => Backoff.Of(options.FirstWait, options.LongestWait, failures) * (0.5 + 0.5 * chance);
}
