using System.Globalization;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Steps of a method, and what follows when a number of one is not finite.</summary>
/// <param name="method">The method.</param>
/// <param name="policy">Whether to stop.</param>
/// <param name="time">The clock of tokens a second.</param>
internal sealed class GuardedSteps<TRow>(ITrainingMethod<TRow> method, NonFinite policy, TimeProvider time)
{
    private const int MostSkippedInARow = 10;

    /// <summary>One step.</summary>
    /// <returns>What it measured; null where it was left out.</returns>
    /// <exception cref="TrainingException">A number is not finite, and the options say to stop.</exception>
    public TrainingStep? Do(StepBatch<TRow> batch, ModelOptimizer optimizer, RunState state, IObserver<RunEvent> observer)
    {
        var started = time.GetTimestamp();
        try
        {
            var step = method.Step(batch, optimizer);
            state.SkippedInARow = 0;
            return step with { TokensPerSecond = step.Tokens / time.GetElapsedTime(started).TotalSeconds };
        }
        catch (NonFiniteException error)
        {
            var told = Told(batch, error);
            if (policy == NonFinite.Stop || ++state.SkippedInARow >= MostSkippedInARow) throw told;
            optimizer.Skip();
            state.SkippedSteps++;
            observer.OnNext(new RunWarning { Step = batch.Step, Code = "step-skipped", Message = $"The step was left out. {told.Message}" });
            return null;
        }
    }

    /// <summary>One step that changes nothing.</summary>
    /// <returns>What it measured; null where it would be left out.</returns>
    public TrainingStep? Try(StepBatch<TRow> batch, ModelOptimizer optimizer)
    {
        try
        {
            return method.Try(batch, optimizer);
        }
        catch (NonFiniteException error)
        {
            if (policy == NonFinite.Stop) throw Told(batch, error);
            optimizer.Forget();
            return null;
        }
    }

    private TrainingException Told(StepBatch<TRow> batch, NonFiniteException error) =>
        new($"{error.Message} at step {batch.Step}, {Rows(batch.Places)}.{Where(batch)} A lower learning rate, float32 weights or a look at these rows may help.", error);

    private static string Rows(IReadOnlyList<int> places) =>
        $"rows {string.Join(", ", places.Take(16))}{(places.Count > 16 ? $" and {places.Count - 16} more" : "")} of the data";

    // The layer where numbers broke, or the one where they are largest.
    private string Where(StepBatch<TRow> batch)
    {
        using var noGrad = no_grad();
        List<(string Layer, double Largest)> all = [];
        foreach (var rows in batch.Batches)
        {
            using var scope = NewDisposeScope();
            using var layout = method.Layout(rows);
            var layers = method.Model.LargestActivations(layout);
            if (layers.FirstOrDefault(layer => !double.IsFinite(layer.Largest)) is { Layer: { } broken })
                return $" The first layer that gives a number that is not finite is {broken}.";
            all.AddRange(layers);
        }
        if (all.Count == 0) return "";
        var (name, largest) = all.MaxBy(layer => layer.Largest);
        return string.Create(CultureInfo.InvariantCulture, $" The largest activations, up to {largest:G4}, are those of {name}.");
    }
}
