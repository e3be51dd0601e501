using Microsoft.Extensions.Logging;

namespace Alignment.Training;

/// <summary>Tells a run to a logger.</summary>
/// <remarks>
/// Event ids: 100 start, 101 a setting (Debug), 102 the means of <see cref="RunStarted.LoggingSteps"/> steps, 103 evaluation, 104 sample answer
/// (Trace: texts of prompts and answers are logged at no other level), 105 warning (Warning), 106 checkpoint, 107 end, 108 error (Error), 109 longest
/// batch, 110 memory, 111 first row (Trace). What is not named otherwise is Information.
/// </remarks>
public sealed class LoggerObserver : IObserver<RunEvent>
{
    private readonly StepMeans _means = new();
    private readonly ILogger _logger;
    private int _totalSteps;
    private int _step;
    private bool _hasEnded;

    /// <summary>Names the logger.</summary>
    /// <param name="logger">Takes the messages.</param>
    public LoggerObserver(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
    }

    /// <inheritdoc/>
    public void OnNext(RunEvent value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _step = value.Step;
        switch (value)
        {
            case RunStarted started:
                Start(started);
                break;
            case TrainingStep step:
                Steps(_means.Add(step));
                foreach (var (prompt, response, score) in (step as OnPolicyStep)?.Samples ?? []) RunLog.Sampled(_logger, step.Step, score, prompt, response);
                break;
            case EvaluationDone evaluation:
                if (_logger.IsEnabled(LogLevel.Information)) RunLog.Evaluated(_logger, MetricLine.Of(evaluation, _totalSteps));
                foreach (var (prompt, response) in evaluation.Answers) RunLog.Answered(_logger, evaluation.Step, prompt, response);
                break;
            case RunWarning warning:
                RunLog.Warned(_logger, warning.Step, warning.Code, warning.Message);
                break;
            case CheckpointSaved checkpoint:
                RunLog.Saved(_logger, checkpoint.Step, checkpoint.Folder);
                break;
            case ModelPartsTold told:
                if (_logger.IsEnabled(LogLevel.Information)) RunLog.Parts(_logger, RunText.Of(told));
                break;
            case FirstRow row:
                if (_logger.IsEnabled(LogLevel.Trace)) RunLog.Showed(_logger, row.Preview.ToString());
                break;
            case MemoryEstimated memory:
                if (_logger.IsEnabled(LogLevel.Information)) RunLog.Estimated(_logger, RunText.Of(memory.Estimate));
                break;
            case LongestBatchTried tried:
                if (_logger.IsEnabled(LogLevel.Information)) RunLog.Tried(_logger, RunText.Of(tried));
                break;
            case RunEnded ended:
                Steps(_means.Rest());
                if (_logger.IsEnabled(LogLevel.Information)) RunLog.Ended(_logger, RunText.Of(ended));
                _hasEnded = true;
                break;
        }
    }

    /// <inheritdoc/>
    public void OnCompleted() { }

    /// <inheritdoc/>
    public void OnError(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Steps(_means.Rest());
        if (!_hasEnded) RunLog.Failed(_logger, error, _step);
    }

    private void Start(RunStarted started)
    {
        _means.Start(started);
        (_totalSteps, _hasEnded) = (started.TotalSteps, false);
        if (_logger.IsEnabled(LogLevel.Information)) RunLog.Started(_logger, RunText.Of(started));
        foreach (var (name, value) in started.Settings) RunLog.Setting(_logger, name, value);
    }

    private void Steps(IReadOnlyList<StepMetrics> lines)
    {
        if (!_logger.IsEnabled(LogLevel.Information)) return;
        foreach (var line in lines) RunLog.Stepped(_logger, MetricLine.Of(line, _totalSteps));
    }
}
