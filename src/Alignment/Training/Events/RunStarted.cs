namespace Alignment.Training;

/// <summary>A run begins, or goes on from a checkpoint: then <see cref="RunEvent.Step"/> is that of the checkpoint, and what was heard after it is void.</summary>
public sealed record RunStarted : RunEvent
{
    /// <summary>The method, for example <c>DPO</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Optimizer steps of the whole run.</summary>
    public required int TotalSteps { get; init; }

    /// <summary>Rows to train on.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows that are held out for evaluation.</summary>
    public required int HeldOutRows { get; init; }

    /// <summary>Numbers that are trained.</summary>
    public required long TrainedParameters { get; init; }

    /// <summary>Numbers of the model, trained or not.</summary>
    public required long Parameters { get; init; }

    /// <summary>Every how many steps observers that write lines write one, with the means of the steps between; see <see cref="RunOptions.LoggingSteps"/>.</summary>
    public required int LoggingSteps { get; init; }

    /// <summary>All settings by their names, such as <c>Optimizer.LearningRate</c>, as text in the invariant culture.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The folder of the checkpoint that the run goes on from; null where it starts.</summary>
    public string? ResumedFrom { get; init; }

    /// <summary>Whether the run was stopped in the evaluation of <see cref="RunEvent.Step"/>, which it makes again before it goes on.</summary>
    /// <value>The default is false.</value>
    public bool AwaitsEvaluation { get; init; }

    /// <summary>The step up to which an earlier part of the run has told all there is.</summary>
    internal int ToldStep => AwaitsEvaluation ? Step - 1 : Step;

    /// <summary>
    /// Where a run goes on: its last steps up to <see cref="RunEvent.Step"/>, oldest first, at least <see cref="LoggingSteps"/> of them where there were
    /// as many. Observers that write means go on with those of the line that was not full yet, so that it says the same as without the break.
    /// </summary>
    public IReadOnlyList<StepMetrics> RecentSteps { get; init; } = [];
}
