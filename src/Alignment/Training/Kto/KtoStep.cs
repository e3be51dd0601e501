namespace Alignment.Training;

/// <summary>What one step of KTO measured; means over the responses of each kind. NaN where a step had none of a kind.</summary>
public sealed record KtoStep : TrainingStep
{
    /// <summary>The estimate of KL(policy ‖ reference) that the step used, in nats, at least 0.</summary>
    public required double Kl { get; init; }

    /// <summary>Implicit reward of desirable responses, <c>β (log π - log ref)</c>.</summary>
    public required double DesirableReward { get; init; }

    /// <summary>Implicit reward of undesirable responses.</summary>
    public required double UndesirableReward { get; init; }

    /// <summary>Difference of the two rewards.</summary>
    public double Margin => DesirableReward - UndesirableReward;

    /// <summary>Log-probability of desirable responses under the policy, in nats.</summary>
    public required double DesirableLogProb { get; init; }

    /// <summary>Log-probability of undesirable responses under the policy, in nats.</summary>
    public required double UndesirableLogProb { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics =>
    [
        .. base.Metrics,
        new("kl", Kl), new("rewards/chosen", DesirableReward), new("rewards/rejected", UndesirableReward), new("rewards/margins", Margin),
        new("logps/chosen", DesirableLogProb), new("logps/rejected", UndesirableLogProb),
    ];
}
