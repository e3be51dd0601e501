using System.Globalization;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>What all trainers share of a run: the order of rows, observers, cancellation and the check that numbers stay finite.</summary>
internal static class TrainingLoop
{
    /// <summary>Runs every step of a plan on a model, which is in training mode meanwhile.</summary>
    /// <param name="model">What is trained, already on its device.</param>
    /// <param name="rows">The data; at least one row.</param>
    /// <param name="run">Length and batches.</param>
    /// <param name="optimizer">AdamW and its learning rate.</param>
    /// <param name="usualRate">The learning rate where the options name none.</param>
    /// <param name="step">Does one optimizer step and tells what came of it.</param>
    /// <param name="observer">Hears every step, then the end or the error.</param>
    /// <param name="cancellationToken">Ends the run between two steps, by an exception.</param>
    public static void Run<TRow, TStep>(nn.Module model, IReadOnlyList<TRow> rows, RunOptions run, OptimizerOptions optimizer, double usualRate,
        Func<StepBatch<TRow>, ModelOptimizer, TStep> step, IObserver<TStep>? observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("Training needs at least one row.", nameof(rows));
        using var adamW = new ModelOptimizer(model, optimizer, usualRate, run.TotalSteps(rows.Count));
        model.train();
        try
        {
            foreach (var batch in BatchPlan.Steps(rows, run))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var done = step(batch, adamW);   // not inside OnNext: without an observer it would not run
                observer?.OnNext(done);
            }
        }
        catch (Exception error)
        {
            observer?.OnError(error);
            throw;
        }
        finally
        {
            model.eval();
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
