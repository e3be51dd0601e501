namespace Alignment.Training;

/// <summary>What one step of a reward model measured; over the pairs of the step.</summary>
public sealed record RewardStep : TrainingStep
{
    /// <summary>Mean reward of all responses.</summary>
    public required double MeanReward { get; init; }

    /// <summary>The smallest reward.</summary>
    public required double MinReward { get; init; }

    /// <summary>The largest reward.</summary>
    public required double MaxReward { get; init; }

    /// <summary>Mean reward of the preferred response minus that of the other, in log-odds.</summary>
    public required double Margin { get; init; }

    /// <summary>Share of pairs whose preferred response has strictly the larger reward.</summary>
    public required double Accuracy { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics =>
    [
        .. base.Metrics, new("accuracy", Accuracy), new("margin", Margin), new("mean_reward", MeanReward), new("min_reward", MinReward), new("max_reward", MaxReward),
    ];
}
