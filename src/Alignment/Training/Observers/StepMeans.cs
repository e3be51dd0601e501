namespace Alignment.Training;

/// <summary>
/// What lines about steps say: numbers over the steps since the line before, one line at each multiple of <see cref="RunStarted.LoggingSteps"/>.
/// </summary>
/// <remarks>
/// <c>epoch</c> and <c>learning_rate</c> are those of the last step, <c>num_tokens</c> is the sum, <c>tokens_per_second</c> the tokens of all
/// steps by their time; everything else is the mean over the steps that have the number. NaN says that there was nothing to measure and does not
/// count; where nothing was measured in any step, the mean is NaN. Metrics come in the order in which they were first seen.
/// </remarks>
public sealed class StepMeans
{
    private readonly OrderedDictionary<string, Mean> _means = [];
    private int _every = 1;
    private int _last;
    private double _tokens;
    private double _seconds;

    /// <summary>Begins a run, or goes on with one: then the steps before that belong to the next line count.</summary>
    /// <param name="started">The start of the run.</param>
    public void Start(RunStarted started)
    {
        ArgumentNullException.ThrowIfNull(started);
        Clear();
        (_every, _last) = (Math.Max(1, started.LoggingSteps), 0);
        // Lines that come out here were written before.
        foreach (var step in started.RecentSteps.Where(step => step.Step <= started.Step)) Add(step);
    }

    /// <summary>Takes a step.</summary>
    /// <param name="step">The step, by its number and metrics.</param>
    /// <returns>The lines that are complete now: mostly none or one. Two, where a step was left out at whose number a line was due.</returns>
    public IReadOnlyList<StepMetrics> Add(StepMetrics step)
    {
        ArgumentNullException.ThrowIfNull(step);
        IReadOnlyList<StepMetrics> lines = _last > 0 && Line(step.Step) > Line(_last) ? Rest() : [];
        Take(step.Metrics);
        _last = step.Step;
        return step.Step % _every == 0 ? [.. lines, .. Rest()] : lines;
    }

    /// <summary>Takes a step as it was heard.</summary>
    /// <param name="step">The step.</param>
    /// <returns>As <see cref="Add(StepMetrics)"/>.</returns>
    public IReadOnlyList<StepMetrics> Add(TrainingStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Add(new StepMetrics(step.Step, step.Metrics));
    }

    /// <summary>Ends the line before it is due, as the end of a run does.</summary>
    /// <returns>The line; none where no step came since the last one.</returns>
    public IReadOnlyList<StepMetrics> Rest()
    {
        if (_means.Count == 0) return [];
        var line = new StepMetrics(_last, [.. _means.Select(mean => new Metric(mean.Key, Value(mean.Key, mean.Value)))]);
        Clear();
        return [line];
    }

    private int Line(int step) => (step - 1) / _every;

    private void Clear()
    {
        _means.Clear();
        (_tokens, _seconds) = (0, 0);
    }

    private void Take(IReadOnlyList<Metric> metrics)
    {
        var (tokens, rate) = (double.NaN, double.NaN);
        foreach (var (name, value) in metrics)
        {
            _means[name] = _means.GetValueOrDefault(name).With(value);
            if (name == MetricNames.Tokens) tokens = value;
            if (name == MetricNames.TokensPerSecond) rate = value;
        }
        if (!(tokens / rate is var seconds and > 0) || !double.IsFinite(seconds)) return;
        _tokens += tokens;
        _seconds += seconds;
    }

    private double Value(string name, Mean mean) => name switch
    {
        MetricNames.Epoch or MetricNames.LearningRate => mean.Last,
        MetricNames.Tokens => mean.Sum,
        MetricNames.TokensPerSecond => _seconds > 0 ? _tokens / _seconds : double.NaN,
        _ => mean.Count > 0 ? mean.Sum / mean.Count : double.NaN,
    };

    private readonly record struct Mean(double Sum, int Count, double Last)
    {
        public Mean With(double value) => double.IsNaN(value) ? this with { Last = value } : new(Sum + value, Count + 1, value);
    }
}
