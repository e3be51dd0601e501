using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>What each row of a step counts in the loss: a weighted mean over the whole step, however it is cut into batches.</summary>
internal sealed class RowWeights<TRow>(IEnumerable<TRow> rows, Func<TRow, double?> weightOf)
{
    private readonly double _total = Total(rows, weightOf);

    /// <summary>The share of a batch in the loss of its step.</summary>
    /// <param name="losses">Of each row of the batch, <c>[B]</c>.</param>
    /// <param name="batch">The rows.</param>
    public Tensor Share(Tensor losses, IReadOnlyList<TRow> batch)
    {
        if (batch.All(row => weightOf(row) is null)) return losses.sum() / _total;
        var weights = batch.Select(row => weightOf(row) ?? 1).ToArray();
        return (losses * tensor(weights, dtype: losses.dtype, device: losses.device)).sum() / _total;
    }

    private static double Total(IEnumerable<TRow> rows, Func<TRow, double?> weightOf)
    {
        var total = rows.Sum(row => weightOf(row) ?? 1);
        return total > 0 ? total : throw new TrainingException("At least one row of a step must have a weight greater than 0; all were 0.");
    }
}
