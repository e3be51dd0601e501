namespace Alignment.Evaluation;

/// <summary>What a policy makes of one held-out pair.</summary>
public sealed record PairOutcome
{
    /// <summary>Where the pair comes from; null where unknown.</summary>
    public string? Source { get; init; }

    /// <summary>Loss of the pair.</summary>
    public required double Loss { get; init; }

    /// <summary>Implicit reward of the preferred response.</summary>
    public required double ChosenReward { get; init; }

    /// <summary>Implicit reward of the other response.</summary>
    public required double RejectedReward { get; init; }

    /// <summary>Log-probability of the preferred response, in nats.</summary>
    public required double ChosenLogProb { get; init; }

    /// <summary>Log-probability of the other response, in nats.</summary>
    public required double RejectedLogProb { get; init; }

    /// <summary>Log-probability of the preferred response minus the reference's, in nats; 0 without a reference.</summary>
    public required double ChosenGain { get; init; }

    /// <summary>Log-probability of the other response minus the reference's, in nats; 0 without a reference.</summary>
    public required double RejectedGain { get; init; }

    /// <summary>Tokens of the preferred response.</summary>
    public required int ChosenLength { get; init; }

    /// <summary>Tokens of the other response.</summary>
    public required int RejectedLength { get; init; }
}
