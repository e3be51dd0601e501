namespace Alignment.Training;

/// <summary>
/// Keeps a page about a run: curves, evaluations, sample answers before and after, sampled responses with their rewards, warnings, data, settings. One file, without scripts and without
/// anything from elsewhere.
/// </summary>
/// <remarks>
/// <para>
/// The page is written when the run starts, at each evaluation and checkpoint, and when it ends, each time in full or not at all. It carries the
/// numbers of its curves: a run that goes on from a checkpoint takes them from the page that is there. Steps between the last page and a kill can be
/// missing from the curves then, but for those that <see cref="RunStarted.RecentSteps"/> tells.
/// </para>
/// <para>
/// Memory does not grow with the run: of more than 512 steps, a curve keeps the least and the greatest of each of at most 512 stretches. The page of
/// a run that ended is kept beside, as <c>name.1.html</c> and so on, where a new run writes to the same path; a file of anything else is refused.
/// </para>
/// </remarks>
public sealed class ReportObserver : IObserver<RunEvent>
{
    private readonly string _path;
    private readonly TimeProvider _time;
    private RunRecord _record = new();
    private RunStarted? _started;
    private int _known = -1;

    /// <summary>Names the page.</summary>
    /// <param name="path">The file, for example <c>report.html</c>; its folder is made where it is missing.</param>
    /// <param name="time">The clock that dates the page; the system's where null.</param>
    public ReportObserver(string path, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _time) = (Path.GetFullPath(path), time ?? TimeProvider.System);
    }

    /// <summary>The page's title.</summary>
    /// <value>The default is null: it is made of the method's name.</value>
    public string? Title { get; init; }

    /// <summary>What to say about the data: titles and values, in this order, such as the figures of a data report.</summary>
    /// <value>The default is empty; the numbers of rows are always there.</value>
    public IReadOnlyList<KeyValuePair<string, string>> Data { get; init => field = Ensure.NotNull(value); } = [];

    /// <inheritdoc/>
    /// <exception cref="IOException">The page can't be written; the one before stays.</exception>
    /// <exception cref="InvalidDataException">The file is there and is no report of a run.</exception>
    /// <exception cref="InvalidOperationException">The run has not started.</exception>
    public void OnNext(RunEvent value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value is RunStarted started)
        {
            Start(started);
            return;
        }
        if (_started is null) throw new InvalidOperationException($"A run begins with {nameof(RunStarted)}; {value.GetType().Name} came first.");
        if (value.Step <= _known && value is not RunEnded) return;
        switch (value)
        {
            case TrainingStep step:
                _record.Add(new StepMetrics(step.Step, step.Metrics));
                if (step is OnPolicyStep { Samples: { Count: > 0 } samples }) _record.Add(new SampledResponses(step.Step, samples));
                break;
            case EvaluationDone evaluation:
                _record.Add(evaluation);
                Write();
                break;
            case RunWarning warning:
                _record.Add(warning);
                break;
            case MemoryEstimated memory:
                _record.Memory.AddRange(memory.Estimate.Parts);
                break;
            case FirstRow row:
                _record.FirstRow.AddRange(row.Preview.Sequences);
                break;
            case CheckpointSaved:
                Write();
                break;
            case RunEnded ended:
                _record.Ended = ended;
                Write();
                break;
        }
    }

    /// <inheritdoc/>
    public void OnCompleted() { }

    /// <inheritdoc/>
    /// <remarks>A page that can't be written does not hide the error: then the one before stays.</remarks>
    public void OnError(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (_started is null || _record.Ended is not null) return;
        _record.Error = error.Message;
        try
        {
            Write();
        }
        catch (IOException)
        {
            // The run ends with its own error.
        }
    }

    private void Start(RunStarted started)
    {
        var earlier = ReportFile.Read(_path);
        if (started.Step == 0 && earlier?.HasEnded == true) EarlierFile.MoveAside(_path);
        var goesOn = started.Step > 0 && earlier is not null;
        _record = goesOn ? earlier!.Value.Record : new RunRecord();
        (_started, _known) = (started, goesOn ? started.ToldStep : -1);
        _record.CutBack(started);
        Write();
    }

    private void Write() => ReportFile.Write(_path, ReportPage.Of(_started!, _record, Title ?? $"{_started!.Method} run", Data, _time.GetUtcNow()));
}
