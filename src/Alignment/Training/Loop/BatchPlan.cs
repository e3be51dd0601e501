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

    private static int[] Order(int count, RunOptions run, int epoch)
    {
        var order = Enumerable.Range(0, count).ToArray();
        if (!run.Shuffle) return order;
        // Fisher-Yates with a generator of our own choosing: System.Random may differ between versions of .NET.
        var random = new SplitMix64((ulong)run.Seed * 0x9E3779B97F4A7C15 + (ulong)epoch);
        for (var i = count - 1; i > 0; i--)
        {
            var j = (int)random.Below((ulong)i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
