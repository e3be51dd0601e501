using System.Globalization;

namespace Alignment.Training;

/// <summary>Which rows make which step: a function of the options and of the rows' lengths alone, so that a run can go on from any step.</summary>
internal sealed class BatchPlan
{
    private const int StepsOfAGroup = 50;   // rows are sorted by length within so many steps

    private readonly RunOptions _run;
    private readonly int[] _lengths;
    private readonly List<int> _stepsUntil = [];   // steps before the end of each pass

    /// <param name="lengths">Tokens of each row.</param>
    /// <param name="run">Length and batches of the run.</param>
    public BatchPlan(IEnumerable<int> lengths, RunOptions run)
    {
        (_run, _lengths) = (run, [.. lengths]);
        RequireRoom();
        for (var epoch = 0; run.MaxSteps is int most ? TotalSteps < most : epoch < run.Epochs; epoch++)
            _stepsUntil.Add(TotalSteps + StepsOf(Count(epoch)));
        if (run.MaxSteps is int last) _stepsUntil[^1] = last;
    }

    /// <summary>Optimizer steps of the whole run.</summary>
    public int TotalSteps => _stepsUntil.Count == 0 ? 0 : _stepsUntil[^1];

    /// <summary>The batch with most tokens in the whole run.</summary>
    public int[] Longest => Enumerable.Range(0, _stepsUntil.Count).SelectMany(Batches).MaxBy(batch => batch.Sum(row => (long)_lengths[row]))!;

    /// <summary>The steps after so many that are done.</summary>
    public IEnumerable<StepBatch<TRow>> From<TRow>(int done, IReadOnlyList<TRow> rows)
    {
        for (var epoch = 0; epoch < _stepsUntil.Count; epoch++)
        {
            var before = epoch == 0 ? 0 : _stepsUntil[epoch - 1];
            if (_stepsUntil[epoch] <= done) continue;
            var batches = Batches(epoch);
            var perEpoch = StepsOf(batches.Count);
            for (var step = Math.Max(before, done); step < _stepsUntil[epoch]; step++)
            {
                var inner = step - before;
                var own = batches.Skip(inner * _run.GradientAccumulationSteps).Take(_run.GradientAccumulationSteps).ToList();
                yield return new StepBatch<TRow>(
                    step + 1,
                    epoch + (inner + 1.0) / perEpoch,
                    [.. own.Select(batch => batch.Select(row => rows[row]).ToArray())],
                    [.. own.SelectMany(batch => batch)]);
            }
        }
    }

    private int StepsOf(int batches) => (batches + _run.GradientAccumulationSteps - 1) / _run.GradientAccumulationSteps;

    // Batches of so many rows are counted without being made: groups of similar length hold whole batches but for the last.
    private int Count(int epoch) => _run.Batches.TokensPerBatch is null ? (_lengths.Length + _run.BatchSize - 1) / _run.BatchSize : Batches(epoch).Count;

    private List<int[]> Batches(int epoch)
    {
        var order = Order(epoch);
        if (!_run.Batches.GroupByLength) return Cut(order);
        var group = StepsOfAGroup * _run.GradientAccumulationSteps * (_run.Batches.TokensPerBatch is null ? _run.BatchSize : 32);
        var batches = order.Chunk(group).SelectMany(rows => Cut([.. rows.OrderByDescending(row => _lengths[row])])).ToList();
        return _run.Shuffle ? [.. new ShuffledOrder(batches.Count, ~_run.Seed, epoch).Select(i => batches[i])] : batches;
    }

    private List<int[]> Cut(int[] order)
    {
        if (_run.Batches.TokensPerBatch is not int most) return [.. order.Chunk(_run.BatchSize)];
        var batches = new List<int[]>();
        for (var (start, end) = (0, 0); start < order.Length; start = end)
        {
            for (long tokens = 0; end < order.Length && (tokens += _lengths[order[end]]) <= most;) end++;
            batches.Add(order[start..end]);
        }
        return batches;
    }

    private int[] Order(int epoch) => _run.Shuffle ? [.. new ShuffledOrder(_lengths.Length, _run.Seed, epoch)] : [.. Enumerable.Range(0, _lengths.Length)];

    private void RequireRoom()
    {
        if (_run.Batches.TokensPerBatch is not int most) return;
        var row = Array.FindIndex(_lengths, length => length > most);
        if (row >= 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Every row must fit into TokensPerBatch = {most}; row {row} has {_lengths[row]} tokens. Raise it, or drop long rows when they are encoded."));
    }
}
