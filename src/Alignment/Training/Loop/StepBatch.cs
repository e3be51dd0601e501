namespace Alignment.Training;

/// <summary>The rows of one optimizer step.</summary>
/// <param name="Step">Number of the step, from 1.</param>
/// <param name="Epoch">Passes over the data when the step is done, for example 0.25.</param>
/// <param name="Batches">The rows, a batch for each pass through the model.</param>
/// <param name="Places">Where the rows stand in the data, in the same order.</param>
internal sealed record StepBatch<TRow>(int Step, double Epoch, IReadOnlyList<IReadOnlyList<TRow>> Batches, IReadOnlyList<int> Places)
{
    public IEnumerable<TRow> Rows => Batches.SelectMany(batch => batch);

    public int Count => Places.Count;

    /// <summary>Ends a step that takes long before it changes anything; a step that is already learning is finished.</summary>
    public CancellationToken Cancellation { get; init; }
}
