using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>What all trainers share of a run: order of rows, checks, evaluation, checkpoints, observers, cancellation, and what happens when a number breaks.</summary>
/// <typeparam name="TRow">What the method learns from.</typeparam>
internal sealed class TrainingRun<TRow>
{
    private readonly ITrainingMethod<TRow> _method;
    private readonly object _settings;
    private readonly RunOptions _options;
    private readonly OptimizerOptions _optimizer;
    private readonly TimeProvider _time;

    /// <param name="method">The method.</param>
    /// <param name="settings">All options of the trainer, to be told and kept.</param>
    /// <param name="options">Length, batches and the rest of the run.</param>
    /// <param name="optimizer">AdamW and its learning rate.</param>
    /// <param name="time">The clock of the run.</param>
    public TrainingRun(ITrainingMethod<TRow> method, object settings, RunOptions options, OptimizerOptions optimizer, TimeProvider time)
    {
        (_method, _settings, _options, _optimizer, _time) = (method, settings, options, optimizer, time);
        if (RestoresBest && options.Checkpoints.Folder is null)
            throw new ArgumentException("To go back to the best evaluation, its weights must have been saved: name a folder in Run.Checkpoints.Folder.", nameof(options));
    }

    private bool RestoresBest => _options.Evaluation.RestoresBest || _options.Watch.Action == WatchAction.RestoreBest;

    /// <summary>Runs every step of the plan, or what a checkpoint left of it. The model is in training mode meanwhile.</summary>
    public RunResult Run(IReadOnlyList<TRow> rows, IReadOnlyList<TRow>? heldOut, IObserver<RunEvent>? observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("Training needs at least one row.", nameof(rows));
        RequireType();
        observer ??= RunObservers.All();   // what stands inside an OnNext must happen whether somebody listens or not
        var plan = new BatchPlan(rows.Select(_method.Tokens), _options);
        var watch = new OverOptimizationWatch(_options.Watch);
        var state = new RunState(_time, watch, _options.LoggingSteps);
        var evaluation = new RunEvaluation<TRow>(_method, _options, watch, heldOut ?? []);
        var steps = new GuardedSteps<TRow>(_method, _options.NonFinite, _time);
        var news = new List<RunWarning>();
        using var optimizer = new ModelOptimizer(_method.Model, _optimizer, _method.UsualLearningRate, plan.TotalSteps);
        using var checkpointing = new CheckpointingMode(_method.Model, _options.GradientCheckpointing);
        using var checkpoints = Checkpoints(rows, heldOut ?? [], optimizer, state, (code, message) => news.Add(Warning(state, code, message)));
        _method.Model.train();
        try
        {
            checkpoints?.Resume();
            observer.OnNext(Started(plan, rows.Count, heldOut?.Count ?? 0, optimizer, state, Awaits()));
            if (_method.Parts is { Count: > 0 } parts) observer.OnNext(new ModelPartsTold { Step = state.Step, Parts = parts });
            Tell();
            if (state.ResumedFrom is null)
            {
                new RunPreparation<TRow>(_method, _options, steps).Prepare(plan, rows, optimizer, observer);
                if (evaluation.IsDueAtStart && !_options.DryRun) SavedWhereStopped(() => evaluation.Evaluate(state, observer, cancellationToken));
                if (state.BestEvaluation is not null && RestoresBest) Save();   // training may make it worse from the first step
            }
            else if (Awaits())
            {
                SavedWhereStopped(Close);
            }
            foreach (var batch in _options.DryRun ? [] : plan.From(state.Step, rows))
            {
                if (state.Reason is not null) break;
                SavedWhereStopped(() =>
                {
                    Take(batch, steps.Do(batch with { Cancellation = cancellationToken }, optimizer, state, observer));
                    Close();
                });
            }
            if (state.BestEvaluation is { } best && (_options.Evaluation.RestoresBest || (state.Reason == RunEnd.OverOptimized && RestoresBest))) checkpoints!.RestoreBest(best.Step);
            observer.OnNext(state.Ended(state.Reason ?? (_options.DryRun ? RunEnd.DryRun : RunEnd.Completed)));
        }
        catch (Exception error)
        {
            observer.OnError(error);
            throw;
        }
        finally
        {
            _method.Model.eval();
        }
        observer.OnCompleted();
        return state.Result();

        // A judge that fails and a stop come before a step has learnt anything, after it, or in its evaluation, which the run that goes on makes first.
        void SavedWhereStopped(Action work)
        {
            try
            {
                work();
            }
            catch (Exception error) when (error is RewardException || (error is OperationCanceledException && cancellationToken.IsCancellationRequested))
            {
                if (checkpoints is not null && state.Step > checkpoints.SavedStep) Save();
                if (error is OperationCanceledException) observer.OnNext(state.Ended(RunEnd.Interrupted));
                throw;
            }
        }

        bool Awaits() => evaluation.IsAwaited(state, plan.TotalSteps);

        void Take(StepBatch<TRow> batch, TrainingStep? done)
        {
            state.Step = batch.Step;
            _method.Sync?.After(state.Step);
            if (done is null) return;
            observer.OnNext(state.Take(done));
            var (signs, ends) = _method.Signs(done);
            foreach (var (code, message) in signs) observer.OnNext(Warning(state, code, message));
            if (ends) state.Reason = RunEnd.OverOptimized;
        }

        // What follows a step: its evaluation, its checkpoint, and whether somebody wants the run to stop.
        void Close()
        {
            var isLast = state.Step == plan.TotalSteps;
            var isBest = evaluation.IsDue(state.Step, isLast) && evaluation.Evaluate(state, observer, cancellationToken).IsBest;
            if (checkpoints is not null && (checkpoints.IsDue(isLast) || state.Reason is not null || (isBest && RestoresBest))) Save();
            Tell();
            if (state.Reason is null && !isLast) cancellationToken.ThrowIfCancellationRequested();
        }

        void Save() => observer.OnNext(new CheckpointSaved { Step = state.Step, Folder = checkpoints!.Save() });

        void Tell()
        {
            foreach (var warning in news) observer.OnNext(warning);
            news.Clear();
        }
    }

    // Adapters on a model of 16 bits are float32, so the largest weight tells.
    private void RequireType()
    {
        if (_options.Bf16 is not bool wanted) return;
        var type = _method.Model.parameters().MaxBy(parameter => parameter.numel())!.dtype;
        if (wanted == (type == ScalarType.BFloat16)) return;
        throw new ArgumentException(
            $"Run.Bf16 is {(wanted ? "true" : "false")}, so the model's weights must {(wanted ? "" : "not ")}be BFloat16; they are {type}. Load the model with the type that it is to compute in.");
    }

    private RunCheckpoints? Checkpoints(IReadOnlyList<TRow> rows, IReadOnlyList<TRow> heldOut, ModelOptimizer optimizer, RunState state, Action<string, string> warn)
    {
        if (_options.Checkpoints.Folder is null || _options.DryRun) return null;
        var data = new Dictionary<string, DataFingerprint> { ["data"] = _method.Fingerprint(rows) };
        if (heldOut.Count > 0) data["held-out data"] = _method.Fingerprint(heldOut);
        var fingerprint = RunFingerprint.Of(_method.Name, _settings, data, _method.Model);
        return new RunCheckpoints(_options.Checkpoints, fingerprint with { Settings = fingerprint.Settings.Concat(_method.Identity).ToDictionary() }, _method.Model, optimizer, state, _method.Sync, _method.State, warn);
    }

    private RunStarted Started(BatchPlan plan, int rows, int heldOut, ModelOptimizer optimizer, RunState state, bool awaitsEvaluation) => new()
    {
        Step = state.Step,
        Method = _method.Name,
        TotalSteps = plan.TotalSteps,
        Rows = rows,
        HeldOutRows = heldOut,
        TrainedParameters = optimizer.TrainedNumbers,
        Parameters = _method.Model.parameters().Sum(parameter => parameter.numel()),
        LoggingSteps = _options.LoggingSteps,
        AwaitsEvaluation = awaitsEvaluation,
        Settings = Settings.Of(_settings),
        ResumedFrom = state.ResumedFrom,
        RecentSteps = [.. state.RecentSteps],
    };

    private static RunWarning Warning(RunState state, string code, string message) => new() { Step = state.Step, Code = code, Message = message };
}
