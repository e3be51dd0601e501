namespace Alignment.Training;

/// <summary>Evaluations of a run: when, of what, and what follows from them.</summary>
/// <param name="method">The method.</param>
/// <param name="run">Options of the run.</param>
/// <param name="watch">Looks at each.</param>
/// <param name="heldOut">The rows; where there are none, there is no evaluation.</param>
internal sealed class RunEvaluation<TRow>(ITrainingMethod<TRow> method, RunOptions run, OverOptimizationWatch watch, IReadOnlyList<TRow> heldOut)
{
    private readonly EvaluationOptions _options = run.Evaluation;

    public bool IsDueAtStart => heldOut.Count > 0 && _options.EvalOnStart;

    public bool IsDue(int step, bool isLast) => heldOut.Count > 0 && (isLast || step % _options.EvalSteps == 0);

    /// <summary>Whether the run was saved after a step whose evaluation was due and did not come to its end.</summary>
    public bool IsAwaited(RunState state, int totalSteps) =>
        state.Step > 0 && IsDue(state.Step, state.Step == totalSteps) && state.LastEvaluation?.Step != state.Step;

    /// <summary>Measures the model and tells. The state then knows whether the run is to end.</summary>
    public EvaluationDone Evaluate(RunState state, IObserver<RunEvent> observer, CancellationToken cancellationToken)
    {
        using var evaluation = new EvaluationMode(method.Model);
        var metrics = method.Evaluate(heldOut, _options.BatchSize, cancellationToken);
        var (answers, measured) = Answers(cancellationToken);
        metrics = [.. metrics, .. measured];
        var value = metrics.FirstOrDefault(metric => metric.Name == _options.Metric) is { Name: not null } found
            ? found.Value
            : throw new TrainingException($"Evaluation.Metric must be one of {string.Join(", ", metrics.Select(metric => metric.Name))}; was '{_options.Metric}'.");
        var done = state.Take(new EvaluationDone { Step = state.Step, Metrics = metrics, IsBest = false, Answers = answers }, _options.GreaterIsBetter ? value : -value);
        observer.OnNext(done);
        var signs = method.IsWatched ? watch.Look(metrics) : [];
        foreach (var (code, message) in signs) observer.OnNext(new RunWarning { Step = state.Step, Code = code, Message = message });
        if (signs.Count > 0 && run.Watch.Action != WatchAction.Warn) state.Reason = RunEnd.OverOptimized;
        var (own, ends) = method.SignsOfEvaluation();
        foreach (var (code, message) in own) observer.OnNext(new RunWarning { Step = state.Step, Code = code, Message = message });
        if (ends) state.Reason = RunEnd.OverOptimized;
        if (state.Reason is null && state.WorseInARow >= _options.Patience) state.Reason = RunEnd.EarlyStopped;
        return done;
    }

    private (IReadOnlyList<SampleAnswer> Answers, IReadOnlyList<Metric> Metrics) Answers(CancellationToken cancellationToken)
    {
        if (_options.Answers.Count == 0 || method.Policy is not { } policy) return ([], []);
        var prompts = heldOut.Take(_options.Answers.Count).Select(method.Prompt).ToList();
        return AnswerSampler.Sample(policy, method.Reference is { ScoresNewText: true } reference ? reference : null, prompts, _options.Answers, run.Tokenizer, cancellationToken);
    }
}
