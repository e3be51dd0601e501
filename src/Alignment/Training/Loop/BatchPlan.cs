namespace Alignment.Training;

/// <summary>Which rows make which step. The order of a pass depends on seed and pass alone.</summary>
internal static class BatchPlan
{
    public static IEnumerable<StepBatch<TRow>> Steps<TRow>(IReadOnlyList<TRow> rows, RunOptions run)
    {
        var total = run.TotalSteps(rows.Count);
        var perEpoch = run.StepsPerEpoch(rows.Count);
        for (var step = 0; step < total;)
        {
            var epoch = step / perEpoch;
            var order = Order(rows.Count, run, epoch);
            foreach (var chunk in order.Chunk(run.RowsPerStep))
            {
                if (step == total) yield break;
                step++;
                var done = (double)(step - epoch * perEpoch) / perEpoch;
                yield return new StepBatch<TRow>(step, epoch + done, [.. chunk.Select(i => rows[i]).Chunk(run.BatchSize)]);
            }
        }
    }

    private static IEnumerable<int> Order(int count, RunOptions run, int epoch) =>
        run.Shuffle ? new ShuffledOrder(count, run.Seed, epoch) : Enumerable.Range(0, count);
}
