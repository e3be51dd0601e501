namespace Alignment.Training;

/// <summary>The signs of a policy that games its reward, and from where on they count. Each iteration is compared with the first ones.</summary>
/// <remarks>
/// Gao et al. 2022 (arXiv 2210.10760): the reward that is learnt from rises with divergence while what it stands for rises and then falls. Length,
/// repetition, entropy and missing ends are the usual ways there.
/// </remarks>
public sealed record RewardWatchOptions
{
    /// <summary>What follows from a sign.</summary>
    /// <value>The default is <see cref="RewardWatchAction.Warn"/>.</value>
    public RewardWatchAction Action { get; init => field = Ensure.Defined(value); }

    /// <summary>Iterations whose mean is the beginning, and the number whose mean is compared with it.</summary>
    /// <value>The default is 5. At least 1.</value>
    public int Window { get; init => field = Ensure.AtLeast(value, 1); } = 5;

    /// <summary>Divergence from the reference, nats a response.</summary>
    /// <value>The default is 20. Greater than 0.</value>
    public double MostKl { get; init => field = Ensure.Positive(value); } = 20;

    /// <summary>How far below 0 divergence by k1 may be, nats a response: its mean is positive, so that it is a sign of tokens scored otherwise than sampled.</summary>
    /// <value>The default is 1. Greater than 0.</value>
    public double MostNegativeKl { get; init => field = Ensure.Positive(value); } = 1;

    /// <summary>How far apart sampler and scorer may be, nats a token.</summary>
    /// <value>The default is 0.01. Greater than 0.</value>
    public double MostSamplerKl { get; init => field = Ensure.Positive(value); } = 0.01;

    /// <summary>How many times as fast divergence may grow as it has from the beginning of the run on average, once it is a tenth of <see cref="MostKl"/>.</summary>
    /// <value>The default is 4. Greater than 1.</value>
    public double MostKlAcceleration { get; init => field = Ensure.GreaterThan(value, 1); } = 4;

    /// <summary>Length of responses, times that of the beginning, above which they count as drawn out; below its inverse, as cut short.</summary>
    /// <value>The default is 1.5. Greater than 1.</value>
    public double MostGrowth { get; init => field = Ensure.GreaterThan(value, 1); } = 1.5;

    /// <summary>Entropy a token, times that of the beginning, below which responses count as collapsed.</summary>
    /// <value>The default is 0.5. Greater than 0 and below 1.</value>
    public double LeastEntropy { get; init => field = Ensure.AboveZeroBelow(value, 1); } = 0.5;

    /// <summary>By how much the share of repeated pairs of tokens may rise.</summary>
    /// <value>The default is 0.2. Greater than 0 and below 1.</value>
    public double MostRepetition { get; init => field = Ensure.AboveZeroBelow(value, 1); } = 0.2;

    /// <summary>By how much the share of responses that a stop token ended may fall.</summary>
    /// <value>The default is 0.2. Greater than 0 and below 1.</value>
    public double MostEndLoss { get; init => field = Ensure.AboveZeroBelow(value, 1); } = 0.2;

    /// <summary>What <see cref="RewardWatchAction.RaiseKl"/> multiplies by.</summary>
    /// <value>The default is 2. Greater than 1.</value>
    public double RaiseFactor { get; init => field = Ensure.GreaterThan(value, 1); } = 2;
}
