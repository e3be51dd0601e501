namespace Alignment.Training;

/// <summary>How far a run is and what it has seen, apart from weights and optimizer.</summary>
internal sealed class RunState(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>Optimizer steps done.</summary>
    public int Step { get; set; }

    /// <summary>Time of earlier parts of the run.</summary>
    public TimeSpan Earlier { get; set; }

    public int SkippedSteps { get; set; }

    public int SkippedInARow { get; set; }

    public TrainingStep? LastStep { get; set; }

    public EvaluationDone? LastEvaluation { get; set; }

    public EvaluationDone? BestEvaluation { get; set; }

    /// <summary>The best value of the metric, the larger the better.</summary>
    public double Best { get; set; } = double.NegativeInfinity;

    /// <summary>Evaluations since the best one.</summary>
    public int WorseInARow { get; set; }

    /// <summary>Why the run is to end before its last step.</summary>
    public RunEnd? Reason { get; set; }

    private TimeSpan Elapsed => Earlier + time.GetElapsedTime(_started);

    /// <summary>Takes the value of an evaluation.</summary>
    /// <returns>Whether none was better; the first of equals is the best.</returns>
    public bool Take(double value)
    {
        var isBest = value > Best || (BestEvaluation is null && double.IsNaN(value));
        (Best, WorseInARow) = isBest ? (double.IsNaN(value) ? Best : value, 0) : (Best, WorseInARow + 1);
        return isBest;
    }

    public RunEnded Ended(RunEnd reason)
    {
        Reason = reason;
        return new RunEnded { Step = Step, Reason = reason, BestStep = BestEvaluation?.Step, Elapsed = Elapsed };
    }

    public RunResult Result() => new(Reason ?? RunEnd.Completed, Step, LastStep, LastEvaluation, BestEvaluation, SkippedSteps, Elapsed);
}
