using System.Globalization;

namespace Alignment.Training;

/// <summary>What all trainers share of a run: the order of rows, observers, cancellation and the check that numbers stay finite.</summary>
internal static class TrainingLoop
{
    /// <summary>Runs every step of a plan.</summary>
    /// <param name="rows">The data.</param>
    /// <param name="run">Length and batches.</param>
    /// <param name="step">Does one optimizer step and tells what came of it.</param>
    /// <param name="observer">Hears every step, then the end or the error.</param>
    /// <param name="cancellationToken">Ends the run between two steps, by an exception.</param>
    public static void Run<TRow, TStep>(IReadOnlyList<TRow> rows, RunOptions run, Func<StepBatch<TRow>, TStep> step, IObserver<TStep>? observer, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var batch in BatchPlan.Steps(rows, run))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var done = step(batch);
                observer?.OnNext(done);
            }
        }
        catch (Exception error)
        {
            observer?.OnError(error);
            throw;
        }
        observer?.OnCompleted();
    }

    /// <summary>Stops a run whose loss or gradient is no longer a finite number, before it does harm to the weights.</summary>
    public static void RequireFinite(double value, string what, int step)
    {
        if (!double.IsFinite(value))
            throw new TrainingException(string.Create(CultureInfo.InvariantCulture,
                $"{what} must be finite; it was {value} at step {step}. A lower learning rate, float32 weights or a look at the rows of this step may help."));
    }
}
