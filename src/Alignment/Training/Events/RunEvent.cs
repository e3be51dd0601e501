namespace Alignment.Training;

/// <summary>
/// Something that happened in a run. Trainers publish and know no console, file or page; whoever wants to show or keep a run listens as
/// <c>IObserver&lt;RunEvent&gt;</c> and picks the events by their type.
/// </summary>
/// <remarks>
/// In order: one <see cref="RunStarted"/>; then <see cref="TrainingStep"/>, <see cref="EvaluationDone"/>, <see cref="CheckpointSaved"/> and
/// <see cref="RunWarning"/> as they come; one <see cref="RunEnded"/>. Then the observer hears its end, or the error instead. Events come on the
/// thread that trains, one at a time.
/// </remarks>
public abstract record RunEvent
{
    /// <summary>Optimizer steps done when it happened.</summary>
    public required int Step { get; init; }
}
