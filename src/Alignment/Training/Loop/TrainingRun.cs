using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>What all trainers share of a run: order of rows, checks, evaluation, observers, cancellation, and what happens when a number breaks.</summary>
/// <param name="method">The method.</param>
/// <param name="options">Length, batches and the rest of the run.</param>
/// <param name="optimizer">AdamW and its learning rate.</param>
/// <param name="time">The clock of the run.</param>
internal sealed class TrainingRun<TRow>(ITrainingMethod<TRow> method, RunOptions options, OptimizerOptions optimizer, TimeProvider time)
{
    private const int MostSkippedInARow = 10;

    /// <summary>Runs every step of the plan. The model is in training mode meanwhile.</summary>
    public RunResult Run(IReadOnlyList<TRow> rows, IReadOnlyList<TRow>? heldOut, IObserver<RunEvent>? observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("Training needs at least one row.", nameof(rows));
        var plan = new BatchPlan(rows.Select(method.Tokens), options);
        using var adamW = new ModelOptimizer(method.Model, optimizer, method.UsualLearningRate, plan.TotalSteps);
        var state = new RunState(time);
        using var checkpointing = new CheckpointingMode(method.Model, options.GradientCheckpointing);
        method.Model.train();
        try
        {
            observer?.OnNext(Started(plan, rows.Count, heldOut?.Count ?? 0, adamW));
            Prepare(plan, rows, adamW, observer);
            foreach (var batch in plan.From(state.Step, rows))
            {
                if (Step(batch, adamW, state, observer) is { } done) observer?.OnNext(state.LastStep = done);
                state.Step = batch.Step;
                if (heldOut?.Count > 0 && (state.Step == plan.TotalSteps || state.Step % options.Evaluation.EvalSteps == 0))
                    Evaluate(heldOut, state, observer, cancellationToken);
                if (state.Reason is not null) break;
                if (!cancellationToken.IsCancellationRequested || state.Step == plan.TotalSteps) continue;
                observer?.OnNext(state.Ended(RunEnd.Interrupted));
                cancellationToken.ThrowIfCancellationRequested();
            }
            observer?.OnNext(state.Ended(state.Reason ?? RunEnd.Completed));
        }
        catch (Exception error)
        {
            observer?.OnError(error);
            throw;
        }
        finally
        {
            method.Model.eval();
        }
        observer?.OnCompleted();
        return state.Result();
    }

    private RunStarted Started(BatchPlan plan, int rows, int heldOut, ModelOptimizer adamW) => new()
    {
        Step = 0,
        Method = method.Name,
        TotalSteps = plan.TotalSteps,
        Rows = rows,
        HeldOutRows = heldOut,
        TrainedParameters = adamW.TrainedNumbers,
        Parameters = method.Model.parameters().Sum(parameter => parameter.numel()),
        LoggingSteps = options.LoggingSteps,
        Settings = new Dictionary<string, string>(),
    };

    private void Prepare(BatchPlan plan, IReadOnlyList<TRow> rows, ModelOptimizer adamW, IObserver<RunEvent>? observer)
    {
        if (method.IsAlignment
            && LearningRateCheck.Warning(adamW.HighestRate, adamW.TrainedNumbers, method.Model.parameters().Sum(parameter => parameter.numel())) is { } high)
            Warn("learning-rate-high", high);
        foreach (var (code, message) in method.Warnings(rows)) Warn(code, message);
        if (options.SelfChecks)
        {
            var first = plan.From(0, rows).First();
            method.Check(first.Batches[0], [.. first.Places.Take(first.Batches[0].Count)]);
        }
        if (!options.Batches.TriesLongestFirst) return;
        var longest = plan.Longest;
        var state = method.Model.RandomState;
        using var numbers = random.get_rng_state();
        var tried = Finite(new StepBatch<TRow>(1, 0, [[.. longest.Select(row => rows[row])]], longest), step => method.Step(step, adamW.Dry()));
        random.set_rng_state(numbers);
        method.Model.RandomState = state;
        using var process = Process.GetCurrentProcess();
        observer?.OnNext(new LongestBatchTried { Step = 0, Rows = longest.Length, Tokens = tried.Tokens, PeakBytes = process.PeakWorkingSet64 });

        void Warn(string code, string message) => observer?.OnNext(new RunWarning { Step = 0, Code = code, Message = message });
    }

    // Null where the step was left out.
    private TrainingStep? Step(StepBatch<TRow> batch, ModelOptimizer adamW, RunState state, IObserver<RunEvent>? observer)
    {
        var started = time.GetTimestamp();
        try
        {
            var step = Finite(batch, rows => method.Step(rows, adamW));
            state.SkippedInARow = 0;
            return step with { TokensPerSecond = step.Tokens / time.GetElapsedTime(started).TotalSeconds };
        }
        catch (TrainingException error) when (error.InnerException is NonFiniteException && options.NonFinite == NonFinite.Skip && state.SkippedInARow < MostSkippedInARow - 1)
        {
            adamW.Skip();
            state.SkippedInARow++;
            state.SkippedSteps++;
            observer?.OnNext(new RunWarning { Step = batch.Step, Code = "step-skipped", Message = $"Step {batch.Step} was left out: {error.Message}" });
            return null;
        }
    }

    private TrainingStep Finite(StepBatch<TRow> batch, Func<StepBatch<TRow>, TrainingStep> step)
    {
        try
        {
            return step(batch);
        }
        catch (NonFiniteException error)
        {
            throw new TrainingException($"{error.Message} at step {batch.Step}, {Rows(batch.Places)}.{Where(batch)} A lower learning rate, float32 weights or a look at these rows may help.", error);
        }
    }

    private static string Rows(IReadOnlyList<int> places) =>
        $"rows {string.Join(", ", places.Take(16))}{(places.Count > 16 ? $" and {places.Count - 16} more" : "")} of the data";

    // The layer where numbers broke, or the one where they are largest.
    private string Where(StepBatch<TRow> batch)
    {
        using var noGrad = no_grad();
        foreach (var rows in batch.Batches)
        {
            using var scope = NewDisposeScope();
            using var layout = method.Layout(rows);
            var layers = method.Model.LargestActivations(layout);
            if (layers.FirstOrDefault(layer => !double.IsFinite(layer.Largest)) is { Layer: { } broken })
                return $" The first layer that gives a number that is not finite is {broken}.";
            if (batch.Batches.Count == 1 && layers.Count > 0)
            {
                var (layer, largest) = layers.MaxBy(entry => entry.Largest);
                return string.Create(CultureInfo.InvariantCulture, $" The largest activations, up to {largest:G4}, are those of {layer}.");
            }
        }
        return "";
    }

    private void Evaluate(IReadOnlyList<TRow> heldOut, RunState state, IObserver<RunEvent>? observer, CancellationToken cancellationToken)
    {
        var evaluation = options.Evaluation;
        method.Model.eval();
        var metrics = method.Evaluate(heldOut, evaluation.BatchSize, cancellationToken);
        method.Model.train();
        var value = metrics.FirstOrDefault(metric => metric.Name == evaluation.Metric) is { Name: not null } found
            ? found.Value
            : throw new TrainingException($"Evaluation.Metric must be one of {string.Join(", ", metrics.Select(metric => metric.Name))}; was '{evaluation.Metric}'.");
        var isBest = state.Take(evaluation.GreaterIsBetter ? value : -value);
        var done = new EvaluationDone { Step = state.Step, Metrics = metrics, IsBest = isBest };
        (state.LastEvaluation, state.BestEvaluation) = (done, isBest ? done : state.BestEvaluation);
        observer?.OnNext(done);
        if (state.WorseInARow >= evaluation.Patience) state.Reason = RunEnd.EarlyStopped;
    }

    /// <summary>Sets gradient checkpointing for the run, where the options say so.</summary>
    private sealed class CheckpointingMode : IDisposable
    {
        private readonly TokenModel _model;
        private readonly bool? _before;

        public CheckpointingMode(TokenModel model, bool? wanted)
        {
            _model = model;
            if (wanted is not bool value) return;
            _before = model.GradientCheckpointing;
            model.GradientCheckpointing = value;
        }

        public void Dispose()
        {
            if (_before is bool before) _model.GradientCheckpointing = before;
        }
    }
}
