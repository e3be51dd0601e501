namespace Alignment.Training;

/// <summary>What one step of DPO measured; means over the pairs of the step.</summary>
public sealed record DpoStep : TrainingStep
{
    /// <summary>Implicit reward of the preferred responses, <c>β (log π - log ref)</c>.</summary>
    public required double ChosenReward { get; init; }

    /// <summary>Implicit reward of the other responses.</summary>
    public required double RejectedReward { get; init; }

    /// <summary>Share of pairs whose preferred response has strictly the larger implicit reward.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Difference of the two rewards.</summary>
    public double Margin => ChosenReward - RejectedReward;

    /// <summary>Log-probability of the preferred responses under the policy, in nats. Falling values are worth a look.</summary>
    public required double ChosenLogProb { get; init; }

    /// <summary>Log-probability of the other responses under the policy, in nats.</summary>
    public required double RejectedLogProb { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics =>
    [
        .. base.Metrics,
        new("rewards/chosen", ChosenReward), new("rewards/rejected", RejectedReward), new("rewards/accuracies", Accuracy),
        new("rewards/margins", Margin), new("logps/chosen", ChosenLogProb), new("logps/rejected", RejectedLogProb),
    ];
}
