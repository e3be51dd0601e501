namespace Alignment.Training;

/// <summary>What is made of the score of a response before it is learnt from: normalized, then clipped, then changed where the end token is missing.</summary>
public sealed record ScoreOptions
{
    /// <summary>Whether scores are brought to the mean 0 and variance 1 of all scores of the run so far.</summary>
    /// <value>The default is false.</value>
    public bool Normalizes { get; init; }

    /// <summary>Scores are held between minus and plus this bound.</summary>
    /// <value>The default is null, no bound. Finite and greater than 0.</value>
    public double? Clip { get; init => field = value is double bound ? Ensure.Positive(bound) : null; }

    /// <summary>What is taken from the score of a response that no stop token ended, where there are stop tokens.</summary>
    /// <value>The default is 1. Finite and at least 0.</value>
    public double MissingEndPenalty { get; init => field = Ensure.NotNegative(value); } = 1;

    /// <summary>The score that such a response gets in place of its own; the penalty is not taken from it.</summary>
    /// <value>The default is null, its own score; -1 is usual. Finite.</value>
    public double? MissingEndScore { get; init => field = value is double score ? Ensure.Finite(score) : null; }
}
