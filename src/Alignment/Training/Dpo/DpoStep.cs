namespace Alignment.Training;

/// <summary>What one step of DPO measured; means over the pairs of the step unless said otherwise.</summary>
public sealed record DpoStep
{
    /// <summary>Number of the step, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>Passes over the data when the step was done.</summary>
    public required double Epoch { get; init; }

    /// <summary>The loss before the step.</summary>
    public required double Loss { get; init; }

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

    /// <summary>Global norm of the gradients before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Learning rate of the step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Tokens stored for the step, shared prompts once.</summary>
    public required int Tokens { get; init; }

    /// <summary>Tokens a second over the whole step.</summary>
    public required double TokensPerSecond { get; init; }
}
