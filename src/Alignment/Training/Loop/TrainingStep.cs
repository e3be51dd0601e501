namespace Alignment.Training;

/// <summary>What every trainer measures in a step. An <c>IObserver&lt;TrainingStep&gt;</c> can listen to any of them.</summary>
public abstract record TrainingStep
{
    /// <summary>Number of the step, from 1.</summary>
    public required int Step { get; init; }

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

    /// <summary>Tokens a second over the whole step.</summary>
    public required double TokensPerSecond { get; init; }
}
