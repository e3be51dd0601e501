namespace Alignment.Training;

/// <summary>What one step of supervised fine-tuning measured.</summary>
public sealed record SftStep
{
    /// <summary>Number of the step, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>Passes over the data when the step was done.</summary>
    public required double Epoch { get; init; }

    /// <summary>Mean negative log-probability of the response tokens of the step, in nats a token.</summary>
    public required double Loss { get; init; }

    /// <summary>Global norm of the gradients before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Learning rate of the step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Tokens of the step, prompts counted too.</summary>
    public required int Tokens { get; init; }

    /// <summary>Tokens a second over the whole step.</summary>
    public required double TokensPerSecond { get; init; }
}
