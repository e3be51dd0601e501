using System.Globalization;
using System.Text;

namespace Alignment.Training;

/// <summary>
/// Writes event files that TensorBoard reads: every number of every step and evaluation as a scalar by its name, settings, warnings and sample
/// answers as texts.
/// </summary>
/// <remarks>
/// A folder is one run: point <c>tensorboard --logdir</c> at the folder above to compare runs. Each start writes a file of its own,
/// <c>events.out.tfevents.seconds.host.process.number</c>. A run that goes on from a checkpoint says so in its file, and TensorBoard drops what
/// earlier files say about later steps; a run that starts anew voids all earlier files of the folder, none of which is changed or deleted.
/// An event is with the operating system before the run goes on. TensorBoard keeps numbers as 32-bit floats.
/// </remarks>
public sealed class TensorBoardObserver : IObserver<RunEvent>, IDisposable
{
    private readonly string _folder;
    private readonly TimeProvider _time;
    private AppendFile? _file;
    private int _from;

    /// <summary>Names the folder; a file is made in it when the run starts.</summary>
    /// <param name="folder">The folder, for example <c>runs/dpo-1</c>; it is made where it is missing.</param>
    /// <param name="time">The clock of the events; the system's where null.</param>
    public TensorBoardObserver(string folder, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (_folder, _time) = (Path.GetFullPath(folder), time ?? TimeProvider.System);
    }

    /// <summary>Whether sample answers are written.</summary>
    /// <value>The default is true.</value>
    public bool IncludesAnswers { get; init; } = true;

    /// <inheritdoc/>
    /// <exception cref="IOException">The file can't be written; its earlier events stay.</exception>
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
        if (value.Step < _from) return;   // said again by a run that goes on; an earlier file has it
        var now = _time.GetUtcNow();
        switch (value)
        {
            case TrainingStep step:
                _file.Append(TensorBoardRecord.Scalars(now, step.Step, step.Metrics));
                break;
            case EvaluationDone evaluation:
                _file.Append(TensorBoardRecord.Scalars(now, evaluation.Step, evaluation.Metrics));
                if (IncludesAnswers && evaluation.Answers.Count > 0) _file.Append(TensorBoardRecord.Text(now, evaluation.Step, "answers", Answers(evaluation.Answers)));
                break;
            case RunWarning warning:
                _file.Append(TensorBoardRecord.Text(now, warning.Step, "warnings/" + warning.Code, Verbatim(warning.Message)));
                break;
            case CheckpointSaved:
                _file.FlushToDisk();
                break;
        }
    }

    /// <inheritdoc/>
    public void OnCompleted() => Dispose();

    /// <inheritdoc/>
    public void OnError(Exception error) => Dispose();

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private void Start(RunStarted started)
    {
        Dispose();
        _from = started.Step;
        var now = _time.GetUtcNow();
        _file = AppendFile.Create(FreeName(now));
        _file.Append(TensorBoardRecord.Version(now));
        // A session voids its own step too, and that of the checkpoint stays.
        _file.Append(TensorBoardRecord.Session(now, started.Step == 0 ? 0 : started.Step + 1));
        var settings = started.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => $"{setting.Key} = {setting.Value}");
        _file.Append(TensorBoardRecord.Text(now, started.Step, "settings", Verbatim(string.Join('\n', settings.Prepend($"Method = {started.Method}")))));
    }

    // TensorBoard reads the files of a folder by the order of their names.
    private string FreeName(DateTimeOffset now)
    {
        for (var number = 0; ; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{now.ToUnixTimeSeconds():D10}.{Environment.MachineName}.{Environment.ProcessId}.{number}");
            if (Path.Combine(_folder, name) is var path && !File.Exists(path)) return path;
        }
    }

    private static string Answers(IReadOnlyList<SampleAnswer> answers) =>
        string.Join("\n\n", answers.Select((answer, i) => FormattableString.Invariant($"**Prompt {i + 1}**\n\n{Verbatim(answer.Prompt)}\n\n**Answer {i + 1}**\n\n{Verbatim(answer.Response)}")));

    // Four spaces make a block of code, in which no character means anything.
    private static string Verbatim(string text)
    {
        var lines = new StringBuilder();
        foreach (var line in text.AsSpan().EnumerateLines()) lines.Append(lines.Length > 0 ? "\n" : "").Append("    ").Append(line);
        return lines.ToString();
    }
}
