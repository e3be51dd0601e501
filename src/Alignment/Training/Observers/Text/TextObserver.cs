namespace Alignment.Training;

/// <summary>Writes a run as lines for people, to <c>Console.Out</c> or any other writer.</summary>
/// <remarks>The means of every <see cref="RunStarted.LoggingSteps"/> steps, evaluations, warnings, checkpoints, the end. Answers are not written.</remarks>
public sealed class TextObserver : IObserver<RunEvent>
{
    private readonly StepMeans _means = new();
    private readonly TextWriter _writer;
    private int _totalSteps;
    private bool _hasEnded;

    /// <summary>Names the writer.</summary>
    /// <param name="writer">Takes the lines; the caller's to close.</param>
    public TextObserver(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
    }

    /// <inheritdoc/>
    public void OnNext(RunEvent value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (value)
        {
            case RunStarted started:
                _means.Start(started);
                (_totalSteps, _hasEnded) = (started.TotalSteps, false);
                _writer.WriteLine(RunText.Of(started));
                break;
            case TrainingStep step:
                Steps(_means.Add(step));
                break;
            case EvaluationDone evaluation:
                _writer.WriteLine(MetricLine.Of(evaluation, _totalSteps));
                break;
            case RunWarning warning:
                _writer.WriteLine(FormattableString.Invariant($"warning at step {warning.Step}, {warning.Code}: {warning.Message}"));
                break;
            case CheckpointSaved checkpoint:
                _writer.WriteLine(FormattableString.Invariant($"checkpoint of step {checkpoint.Step}: {checkpoint.Folder}"));
                break;
            case ModelPartsTold told:
                _writer.WriteLine(RunText.Of(told));
                break;
            case FirstRow row:
                _writer.WriteLine($"the first row, with what is trained in brackets:\n{row.Preview}");
                break;
            case MemoryEstimated memory:
                _writer.WriteLine(RunText.Of(memory.Estimate));
                break;
            case LongestBatchTried tried:
                _writer.WriteLine(RunText.Of(tried));
                break;
            case RunEnded ended:
                Steps(_means.Rest());
                _writer.WriteLine(RunText.Of(ended));
                _hasEnded = true;
                break;
        }
    }

    /// <inheritdoc/>
    public void OnCompleted() => _writer.Flush();

    /// <inheritdoc/>
    public void OnError(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Steps(_means.Rest());
        if (!_hasEnded) _writer.WriteLine($"failed: {error.Message}");
        _writer.Flush();
    }

    private void Steps(IReadOnlyList<StepMetrics> lines)
    {
        foreach (var line in lines) _writer.WriteLine(MetricLine.Of(line, _totalSteps));
    }
}
