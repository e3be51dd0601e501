namespace Alignment.Training;

/// <summary>Listens to a run for what its provenance should say: method, settings, steps, last measurements, dates.</summary>
/// <remarks>
/// <code>
/// var observer = new ProvenanceObserver();
/// trainer.Train(pairs, observer: observer);
/// policy.SavePretrained(folder);
/// new ModelCard().Write(folder, observer.Provenance with { BaseModel = "Qwen/Qwen3-0.6B", Data = [...] });
/// </code>
/// </remarks>
public sealed class ProvenanceObserver : IObserver<RunEvent>
{
    private readonly TimeProvider _time;
    private readonly Dictionary<string, Metric> _metrics = [];   // keeps the order in which names first came
    private Provenance? _provenance;

    /// <summary>Begins to listen.</summary>
    /// <param name="time">The clock of dates; the system's where null.</param>
    public ProvenanceObserver(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>What was heard so far.</summary>
    /// <exception cref="InvalidOperationException">No run has started.</exception>
    public Provenance Provenance => (_provenance ?? throw new InvalidOperationException("A run must have started before there is a provenance."))
        with { Metrics = [.. _metrics.Values] };

    /// <inheritdoc/>
    public void OnNext(RunEvent value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (value)
        {
            case RunStarted started:
                _metrics.Clear();
                _provenance = new Provenance { Method = started.Method, Settings = started.Settings, Started = _time.GetUtcNow() };
                break;
            case TrainingStep step:
                Keep(step.Metrics);
                break;
            case EvaluationDone evaluation:
                Keep(evaluation.Metrics);
                break;
            case RunEnded ended:
                _provenance = _provenance! with { End = ended.Reason, Elapsed = ended.Elapsed };
                break;
        }
        if (_provenance is { } heard) _provenance = heard with { Steps = value.Step, Finished = _time.GetUtcNow() };
    }

    /// <inheritdoc/>
    public void OnCompleted() { }

    /// <inheritdoc/>
    public void OnError(Exception error) { }

    private void Keep(IEnumerable<Metric> metrics)
    {
        foreach (var metric in metrics) _metrics[metric.Name] = metric;
    }
}
