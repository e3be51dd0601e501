namespace Alignment.Training;

/// <summary>What every trainer measures in a step; each trainer's own record adds to it.</summary>
public abstract record TrainingStep : RunEvent
{
    /// <summary>Passes over the data when the step was done.</summary>
    public required double Epoch { get; init; }

    /// <summary>The loss before the step.</summary>
    public required double Loss { get; init; }

    /// <summary>Global norm of the gradients before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Learning rate of the step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Tokens stored for the step, shared prompts once.</summary>
    public required int Tokens { get; init; }

    /// <summary>Tokens a second over the whole step; the loop fills it in.</summary>
    public double TokensPerSecond { get; init; }

    /// <summary>All numbers of the step by the names that TRL logs them under.</summary>
    public virtual IReadOnlyList<Metric> Metrics =>
    [
        new("loss", Loss), new("grad_norm", GradientNorm), new("learning_rate", LearningRate), new("epoch", Epoch),
        new("num_tokens", Tokens), new("tokens_per_second", TokensPerSecond),
    ];
}
