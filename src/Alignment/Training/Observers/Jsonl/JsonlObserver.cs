namespace Alignment.Training;

/// <summary>
/// Keeps a run as a file of lines of JSON: one that starts, one every <see cref="RunStarted.LoggingSteps"/> steps with the means of the steps
/// between, one for each evaluation, warning and checkpoint, one that ends.
/// </summary>
/// <remarks>
/// <para>
/// Each line is an object with <c>event</c> (<c>start</c>, <c>step</c>, <c>eval</c>, <c>warning</c>, <c>checkpoint</c>, <c>models</c>, <c>memory</c>,
/// <c>longest_batch</c>, <c>end</c>, <c>error</c>) and <c>step</c>; metrics stand in it by their names. NaN is null, infinities are the strings <c>Infinity</c> and <c>-Infinity</c>. Read in
/// Python by <c>pandas.read_json(path, lines=True)</c>. What is a mean and what a sum says <see cref="StepMeans"/>.
/// </para>
/// <para>
/// A line is with the operating system before the run goes on, and on the disk when a checkpoint is. A run that goes on from a checkpoint cuts the
/// file back to that checkpoint and goes on with it, so that a run that was killed leaves the same bytes as one that was not, apart from numbers about
/// time; see <see cref="IncludesTimes"/>. A run that starts anew replaces the lines of one that did not end; those of one that ended are kept beside,
/// as <c>name.1.jsonl</c> and so on. A file that holds anything else is refused.
/// </para>
/// </remarks>
public sealed class JsonlObserver : IObserver<RunEvent>, IDisposable
{
    private readonly StepMeans _means = new();
    private readonly JsonlLines _lines;
    private readonly string _path;
    private AppendFile? _file;
    private int _written = -1;   // what happened up to this step was written before the run went on
    private int _step;
    private bool _hasEnded;

    /// <summary>Names the file, which is opened when the run starts.</summary>
    /// <param name="path">The file, for example <c>metrics.jsonl</c>; its folder is made where it is missing.</param>
    public JsonlObserver(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _lines) = (Path.GetFullPath(path), new JsonlLines(this));
    }

    /// <summary>Whether numbers about time and memory are written: <c>tokens_per_second</c>, <c>elapsed_seconds</c> and the like.</summary>
    /// <value>The default is true. Without them, the file depends on nothing but the run.</value>
    public bool IncludesTimes { get; init; } = true;

    /// <summary>Whether evaluations are written with their sample answers.</summary>
    /// <value>The default is true.</value>
    public bool IncludesAnswers { get; init; } = true;

    /// <inheritdoc/>
    /// <exception cref="IOException">The file can't be written; its earlier lines stay.</exception>
    /// <exception cref="InvalidDataException">The file is there and holds something else than the lines of a run.</exception>
    /// <exception cref="InvalidOperationException">The run has not started.</exception>
    public void OnNext(RunEvent value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value is RunStarted started)
        {
            Start(started);
            return;
        }
        if (_file is null) throw new InvalidOperationException($"A run begins with {nameof(RunStarted)}; {value.GetType().Name} came first.");
        _step = value.Step;
        if (value.Step <= _written && value is not RunEnded) return;
        switch (value)
        {
            case TrainingStep step:
                Steps(_means.Add(step));
                break;
            case EvaluationDone evaluation:
                _file.Append(_lines.Evaluation(evaluation));
                break;
            case RunWarning warning:
                _file.Append(_lines.Warning(warning));
                break;
            case CheckpointSaved checkpoint:
                _file.Append(_lines.Checkpoint(checkpoint.Step, checkpoint.Folder));
                _file.FlushToDisk();
                break;
            case ModelPartsTold told:
                _file.Append(_lines.Models(told));
                break;
            case MemoryEstimated memory:
                _file.Append(_lines.Memory(memory));
                break;
            case LongestBatchTried tried:
                _file.Append(_lines.LongestBatch(tried));
                break;
            case RunEnded ended:
                Steps(_means.Rest());
                _file.Append(_lines.End(ended));
                _hasEnded = true;
                break;
        }
    }

    /// <inheritdoc/>
    public void OnCompleted() => Dispose();

    /// <inheritdoc/>
    /// <remarks>A file that can't take the line of the error does not hide the error: then the line is missing.</remarks>
    public void OnError(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        try
        {
            if (_file is null || _hasEnded) return;   // a run that was asked to stop has said so
            Steps(_means.Rest());
            _file.Append(_lines.Error(_step, error));
        }
        catch (IOException)
        {
            // The run ends with its own error.
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private void Start(RunStarted started)
    {
        Dispose();
        var history = JsonlHistory.Read(_path, started.Step);
        if (started.Step == 0 && history.HasEnded) EarlierFile.MoveAside(_path);
        _file = AppendFile.Open(_path, history.Length);
        _means.Start(started);
        (_step, _written, _hasEnded) = (started.Step, history.Length > 0 ? started.ToldStep : -1, false);
        if (history.Length == 0) _file.Append(_lines.Start(started));
        // Killed after the checkpoint was there and before its line was.
        else if (!history.HasCheckpoint && started.ResumedFrom is { } folder) _file.Append(_lines.Checkpoint(started.Step, folder));
    }

    private void Steps(IReadOnlyList<StepMetrics> lines)
    {
        foreach (var line in lines) _file!.Append(_lines.Step(line));
    }
}
