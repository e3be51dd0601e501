namespace Alignment.Training;

/// <summary>What came of a run.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="Steps">Optimizer steps done, those of earlier parts of a resumed run included.</param>
/// <param name="LastStep">The numbers of the last step; null where a resumed run had none left.</param>
/// <param name="LastEvaluation">The last evaluation; null where nothing was held out.</param>
/// <param name="BestEvaluation">The best one by the metric that the options name.</param>
/// <param name="SkippedSteps">Steps that were left out since a number was not finite.</param>
/// <param name="Elapsed">Time of the run, earlier parts included.</param>
public sealed record RunResult(
    RunEnd Reason, int Steps, TrainingStep? LastStep, EvaluationDone? LastEvaluation, EvaluationDone? BestEvaluation, int SkippedSteps, TimeSpan Elapsed);
