namespace Alignment.Training;

/// <summary>Which responses are learnt together: a function of their number, their lengths and a seed.</summary>
internal sealed class UpdatePlan(UpdateOptions options, IReadOnlyList<int> lengths, int seed)
{
    /// <summary>The parts of one pass, each cut into batches of rows.</summary>
    public IReadOnlyList<IReadOnlyList<int[]>> Of(int epoch)
    {
        int[] order = [.. new ShuffledOrder(lengths.Count, seed, epoch)];
        var parts = Math.Min(options.MiniBatches, order.Length);
        // The first parts are the larger ones by a row where the number does not divide.
        return [.. Enumerable.Range(0, parts).Select(part => Cut(order[Start(part)..Start(part + 1)]))];

        int Start(int part) => part * (order.Length / parts) + Math.Min(part, order.Length % parts);
    }

    private List<int[]> Cut(int[] rows)
    {
        var batches = new List<int[]>();
        for (var (start, end) = (0, 0); start < rows.Length; start = end)
        {
            long tokens = 0;
            do tokens += lengths[rows[end++]];
            while (end < rows.Length && end - start < options.RowsAtOnce && tokens + lengths[rows[end]] <= (options.TokensAtOnce ?? long.MaxValue));
            batches.Add(rows[start..end]);
        }
        return batches;
    }
}
