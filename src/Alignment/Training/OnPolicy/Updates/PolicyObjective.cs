using Alignment.Losses;
using Alignment.Rl;

namespace Alignment.Training;

/// <summary>What a method makes of log-probabilities and advantages.</summary>
/// <param name="Loss">The clipped surrogate.</param>
internal sealed record PolicyObjective(PpoPolicyLoss Loss)
{
    /// <summary>Whether a response is one action, whose log-probability is the sum over its tokens and which has one ratio.</summary>
    public bool IsOfResponses { get; init; }

    /// <summary>What the loss is the mean of, where tokens are the actions.</summary>
    public LossMean Mean { get; init; }

    /// <summary>Weight of the divergence from the reference in the loss, per nat; 0 where it is in the reward.</summary>
    public double KlCoefficient { get; init; }

    /// <summary>How that divergence is estimated.</summary>
    public KlEstimator KlEstimator { get; init; } = new KlK3();
}
