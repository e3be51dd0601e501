namespace Alignment.Training;

/// <summary>The signs of a policy that optimises its objective and gets worse, and from where on they count. Each is looked at after every evaluation.</summary>
/// <remarks>
/// Gao et al. 2022 (arXiv 2210.10760) and Rafailov et al. 2024 (arXiv 2406.02900): quality falls again while rewards still rise, along with KL. That DPO
/// lowers both responses is Pal et al. 2024 (arXiv 2402.13228); that it makes answers longer, Park et al. 2024 (arXiv 2403.19159).
/// </remarks>
public sealed record WatchOptions
{
    /// <summary>What follows from a sign.</summary>
    /// <value>The default is <see cref="WatchAction.Warn"/>.</value>
    public WatchAction Action { get; init => field = Ensure.Defined(value); }

    /// <summary>KL(policy ‖ reference) of the sampled answers, in nats an answer.</summary>
    /// <value>The default is 20. Greater than 0.</value>
    public double MostKl { get; init => field = Ensure.Positive(value); } = 20;

    /// <summary>How far the log-probability of preferred responses may fall below the reference's, in nats a token.</summary>
    /// <value>The default is 0.2. Greater than 0.</value>
    public double MostChosenDrop { get; init => field = Ensure.Positive(value); } = 0.2;

    /// <summary>Length of the sampled answers, times that of the first evaluation.</summary>
    /// <value>The default is 1.5. Greater than 1.</value>
    public double MostGrowth { get; init => field = Ensure.GreaterThan(value, 1); } = 1.5;

    /// <summary>Entropy of the sampled answers, times that of the first evaluation, below which they count as collapsed.</summary>
    /// <value>The default is 0.5. Greater than 0 and below 1.</value>
    public double LeastEntropy { get; init => field = Ensure.AboveZeroBelow(value, 1); } = 0.5;
}
