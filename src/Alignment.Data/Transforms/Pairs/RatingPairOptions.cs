namespace Alignment.Data;

/// <summary>How rated responses become preference pairs.</summary>
public sealed record RatingPairOptions
{
    /// <summary>Which responses to one prompt become pairs.</summary>
    /// <value>The default is <see cref="RatingPairing.BestAgainstWorst"/>.</value>
    public RatingPairing Pairing { get; init => field = Ensure.Defined(value); }

    /// <summary>The smallest difference of two ratings that makes a pair, in the units of the ratings. Equal ratings never make one.</summary>
    /// <value>The default is 0: any difference. Finite, 0 or greater.</value>
    public double MinimumGap { get; init => field = Ensure.NotNegative(value); }

    /// <summary>Most responses to one prompt; more are an error, since they wait in memory and <see cref="RatingPairing.All"/> squares them.</summary>
    /// <value>The default is 1,000. At least 2.</value>
    public int MaxGroupSize { get; init => field = Ensure.AtLeast(value, 2); } = 1_000;

    /// <summary>What <see cref="RatingPairing.BestAgainstRandom"/> draws from, together with the prompt: other rows change nothing.</summary>
    /// <value>The default is 42.</value>
    public int Seed { get; init; } = 42;
}
