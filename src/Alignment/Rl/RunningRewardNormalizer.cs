using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Rl;

/// <summary>Brings scores to one scale by the mean and variance of all scores seen in a run: <c>(x - mean) / sqrt(var + 1e-8)</c>.</summary>
/// <remarks>
/// Moments are merged batch by batch as in Chan, Golub and LeVeque 1979 (Welford's method for sets), in float64, without cancellation.
/// The variance is the unbiased one. Before two scores are seen there is no scale, and 1 is taken.
/// </remarks>
public sealed class RunningRewardNormalizer
{
    private RewardNormalizerState state = new(0, 0, 0);

    /// <summary>Whether the mean is taken away, or scores are only scaled.</summary>
    /// <value>The default is true.</value>
    public bool ShiftMean { get; init; } = true;

    /// <summary>Normalized scores are held between minus and plus this bound.</summary>
    /// <value>The default is null, no bound; 10 is usual. Finite and greater than 0.</value>
    public double? Clip { get; init => field = value is { } bound ? Ensure.Positive(bound) : null; }

    /// <summary>Number of scores seen.</summary>
    public long Count => state.Count;

    /// <summary>Mean of the scores seen; 0 before the first.</summary>
    public double Mean => state.Mean;

    /// <summary>Unbiased variance of the scores seen; 1 before the second.</summary>
    public double Variance => Count < 2 ? 1 : state.SumOfSquares / (Count - 1);

    /// <summary>Everything that changes in a run, for a checkpoint.</summary>
    public RewardNormalizerState State => state;

    /// <summary>Goes on from a saved state.</summary>
    /// <param name="saved">What <see cref="State"/> gave.</param>
    /// <exception cref="ArgumentException">No set of scores has these moments.</exception>
    public void Restore(RewardNormalizerState saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        if (saved.Count < 0 || !double.IsFinite(saved.Mean) || !double.IsFinite(saved.SumOfSquares) || saved.SumOfSquares < 0)
            throw new ArgumentException($"Count must be at least 0, Mean finite, SumOfSquares finite and at least 0. Actual value was {saved}.", nameof(saved));
        state = saved;
    }

    /// <summary>Takes in the scores of a batch.</summary>
    /// <param name="scores">Scores of responses, <c>[S]</c>; finite.</param>
    /// <exception cref="ArgumentException">The scores are no vector of at least one finite number.</exception>
    public void Update(Tensor scores)
    {
        VectorInputs.NotEmpty(scores, nameof(scores), "[S] with at least one response");
        var batch = HostNumbers.Of(scores);
        var bad = Array.FindIndex(batch, score => !double.IsFinite(score));
        if (bad >= 0) throw new ArgumentException($"scores must be finite. The score of response {bad} was {batch[bad]}.", nameof(scores));
        var mean = batch.Average();
        var squares = batch.Sum(score => (score - mean) * (score - mean));
        var (count, gap) = (Count + batch.Length, mean - Mean);
        state = new RewardNormalizerState(
            count,
            Mean + gap * batch.Length / count,
            state.SumOfSquares + squares + gap * gap * Count * batch.Length / count);
    }

    /// <summary>Brings scores to the scale of all scores seen.</summary>
    /// <param name="scores">Scores of responses, <c>[S]</c>.</param>
    /// <returns><c>[S]</c>, without gradient.</returns>
    /// <exception cref="ArgumentException">The scores are no vector of at least one number.</exception>
    public Tensor Normalize(Tensor scores)
    {
        VectorInputs.NotEmpty(scores, nameof(scores), "[S] with at least one response");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var normalized = (scores - (ShiftMean ? Mean : 0)) / Math.Sqrt(Variance + 1e-8);
        if (Clip is { } bound) normalized = normalized.clamp(-bound, bound);
        return normalized.MoveToOuterDisposeScope();
    }
}
