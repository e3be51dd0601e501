namespace Alignment.Training;

/// <summary>What one iteration of PPO measured.</summary>
public sealed record PpoStep : OnPolicyStep
{
    /// <summary>What an iteration of any method measures.</summary>
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    internal PpoStep(OnPolicyStep common) : base(common) { }

    /// <summary>Loss of the value model, mean over updates.</summary>
    public required double ValueLoss { get; init; }

    /// <summary>Share of values whose change was clipped.</summary>
    public required double ValueClipFraction { get; init; }

    /// <summary>Share of the variance of returns that values foretold before the update: 1 all, 0 none, below 0 worse than their mean.</summary>
    public required double ExplainedVariance { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics =>
        [.. base.Metrics, new("loss/value_avg", ValueLoss), new("val/clipfrac_avg", ValueClipFraction), new("val/explained_variance", ExplainedVariance)];
}
