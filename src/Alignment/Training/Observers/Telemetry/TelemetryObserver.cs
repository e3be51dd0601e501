using System.Diagnostics.Metrics;

namespace Alignment.Training;

/// <summary>
/// Tells a run to <c>System.Diagnostics</c>, from where OpenTelemetry, <c>dotnet-counters</c> and others take it: measurements of the meter
/// <c>Alignment</c>, activities of the source <c>Alignment</c>.
/// </summary>
/// <remarks>
/// <para>
/// Counters: <c>alignment.training.steps</c>, <c>.tokens</c>, <c>.warnings</c> (with <c>alignment.warning.code</c>), <c>.evaluations</c>,
/// <c>.checkpoints</c>. Histogram: <c>alignment.training.step.duration</c> in seconds. Gauges: <c>alignment.training.memory.peak</c> in bytes, every other number of a step as
/// <c>alignment.training.</c> and its name, of an evaluation as <c>alignment.evaluation.</c> and its name, with dots for slashes:
/// <c>alignment.training.rewards.margins</c>. Numbers of one source carry <c>alignment.source</c>. All carry <c>alignment.method</c>, and
/// <c>alignment.run</c> where a name is given. Numbers that are NaN, not measured, are left out.
/// </para>
/// <para>
/// Activities: <c>train</c> for the run, with <c>evaluate</c> and <c>save checkpoint</c> inside it, and <c>step</c> where
/// <see cref="TracesSteps"/> asks for it. Warnings are events of the run's activity. Where nobody listens, next to nothing is done.
/// </para>
/// </remarks>
public sealed class TelemetryObserver : IObserver<RunEvent>, IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string SourceName = "Alignment";

    private readonly string? _run;
    private readonly Meter _meter;
    private readonly RunInstruments _instruments;
    private readonly RunActivities _activities;

    /// <summary>Makes the instruments.</summary>
    /// <param name="run">A name for the run, to tell runs of one process apart; none where null.</param>
    /// <param name="meters">Makes the meter, as hosts with dependency injection do; null makes one of its own.</param>
    /// <param name="time">The clock of activities; the system's where null.</param>
    public TelemetryObserver(string? run = null, IMeterFactory? meters = null, TimeProvider? time = null)
    {
        _run = run;
        _meter = meters?.Create(new MeterOptions(SourceName)) ?? new Meter(SourceName);
        _instruments = new RunInstruments(_meter);
        _activities = new RunActivities(time ?? TimeProvider.System);
    }

    /// <summary>Whether each step is an activity. A run of many steps makes a trace that few tools can show.</summary>
    /// <value>The default is false.</value>
    public bool TracesSteps { get; init; }

    /// <inheritdoc/>
    public void OnNext(RunEvent value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (value)
        {
            case RunStarted started:
                _instruments.Start(started.Method, _run);
                _activities.Start(started, _run);
                break;
            case TrainingStep step:
                _instruments.Step(step);
                if (TracesSteps) _activities.Inside("step", step);
                break;
            case EvaluationDone evaluation:
                _instruments.Evaluation(evaluation);
                _activities.Inside("evaluate", evaluation);
                break;
            case CheckpointSaved checkpoint:
                _instruments.Checkpoint();
                _activities.Inside("save checkpoint", checkpoint);
                break;
            case RunWarning warning:
                _instruments.Warning(warning);
                _activities.Warn(warning);
                break;
            case LongestBatchTried tried:
                _instruments.LongestBatch(tried);
                break;
            case RunEnded ended:
                _activities.End(ended);
                break;
        }
        _activities.Heard();
    }

    /// <inheritdoc/>
    public void OnCompleted() => _activities.Stop();

    /// <inheritdoc/>
    public void OnError(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        _activities.Fail(error);
    }

    /// <summary>Ends what is open, and the meter. A meter that came from a factory is the factory's: it lives on.</summary>
    public void Dispose()
    {
        _activities.Dispose();
        _meter.Dispose();
    }
}
