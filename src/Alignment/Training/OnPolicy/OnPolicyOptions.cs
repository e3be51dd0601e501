namespace Alignment.Training;

/// <summary>What the methods that learn from their own responses have in common; each trainer's options say it in their own way.</summary>
internal sealed record OnPolicyOptions
{
    public required RolloutOptions Rollout { get; init; }

    public required ScoreOptions Scores { get; init; }

    public required KlOptions Kl { get; init; }

    public required UpdateOptions Update { get; init; }

    public required RewardWatchOptions Watch { get; init; }

    public required RunOptions Run { get; init; }

    public required PolicyObjective Policy { get; init; }

    public ValueObjective? Value { get; init; }
}
