using System.Diagnostics;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>What a run does before its first step: warns, checks itself, and tries the batch that needs most memory.</summary>
internal sealed class RunPreparation<TRow>(ITrainingMethod<TRow> method, RunOptions options, GuardedSteps<TRow> steps)
{
    public void Prepare(BatchPlan plan, IReadOnlyList<TRow> rows, ModelOptimizer optimizer, IObserver<RunEvent> observer)
    {
        foreach (var (code, message) in Warnings(rows, optimizer)) observer.OnNext(new RunWarning { Step = 0, Code = code, Message = message });
        if (options.Tokenizer is { } tokenizer) observer.OnNext(new FirstRow { Step = 0, Preview = method.Preview(rows[0], tokenizer) });
        if (options.SelfChecks)
        {
            using var evaluation = new EvaluationMode(method.Model);   // without dropout, which would make two equal models differ
            var first = plan.From(0, rows).First();
            method.Check(first.Batches[0], [.. first.Places.Take(first.Batches[0].Count)]);
        }
        var places = plan.Longest;
        TRow[] longest = [.. places.Select(row => rows[row])];
        observer.OnNext(new MemoryEstimated { Step = 0, Estimate = Memory(longest) });
        if (options.Batches.TriesLongestFirst && TryLongest(longest, places, optimizer) is { } tried) observer.OnNext(tried);
    }

    private MemoryEstimate Memory(IReadOnlyList<TRow> longest)
    {
        using var layout = method.LargestLayout(longest);
        return RunMemory.Of(method.Model, layout, method.HeldBytes, accumulates: options.GradientAccumulationSteps > 1);
    }

    private IEnumerable<(string Code, string Message)> Warnings(IReadOnlyList<TRow> rows, ModelOptimizer optimizer)
    {
        if (method.IsAlignment && LearningRateCheck.Warning(optimizer.HighestRate, optimizer.TrainedNumbers, method.Model.parameters().Sum(parameter => parameter.numel())) is { } high)
            yield return ("learning-rate-high", high);
        foreach (var warning in method.Warnings(rows)) yield return warning;
    }

    // Random numbers are as before in the end: a run that was tried is the same as one that was not.
    private LongestBatchTried? TryLongest(TRow[] longest, int[] places, ModelOptimizer optimizer)
    {
        var state = method.Model.RandomState;
        using var numbers = random.get_rng_state();
        var tried = steps.Try(new StepBatch<TRow>(1, 0, [longest], places), optimizer.Dry());
        random.set_rng_state(numbers);
        method.Model.RandomState = state;
        if (tried is null) return null;
        using var process = Process.GetCurrentProcess();
        return new LongestBatchTried { Step = 0, Rows = longest.Length, Tokens = tried.Tokens, PeakBytes = process.PeakWorkingSet64 };
    }
}
