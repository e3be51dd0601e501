using Alignment.Training;
using Spectre.Console;

namespace Alignment.Samples;

/// <summary>Shows a run as a progress bar with the numbers of the last step, and what else it tells above it.</summary>
/// <remarks>Where the output is no terminal, a line for each tenth of the run.</remarks>
internal sealed class ProgressObserver : IObserver<RunEvent>
{
    private readonly TaskCompletionSource _end = new();
    private RunStarted _run = null!;
    private ProgressTask? _bar;
    private Task _shown = Task.CompletedTask;

    public void OnNext(RunEvent value)
    {
        switch (value)
        {
            case RunStarted started:
                Start(started);
                break;
            case MemoryEstimated { Estimate: var bytes }:
                Tell("grey", $"Tensors will need {bytes.Peak / 1e9:F2} GB at most: weights {bytes.Weights / 1e9:F2}, gradients {bytes.Gradients / 1e9:F2}, optimizer {bytes.Optimizer / 1e9:F2}, activations {bytes.Activations / 1e9:F2}, reference {bytes.Reference / 1e9:F2}.");
                break;
            case LongestBatchTried tried:
                Tell("grey", $"The longest batch has {tried.Rows:N0} rows of {tried.Tokens:N0} tokens; at most {tried.PeakBytes / 1e9:F2} GB were in use.");
                break;
            case RunEnded { Reason: RunEnd.DryRun }:
                Tell("grey", "The dry run is over; nothing was learnt or written.");
                break;
            case TrainingStep step:
                Show(step);
                break;
            case RunWarning warning:
                Tell("yellow", $"{warning.Code}: {warning.Message}");
                break;
            case CheckpointSaved saved:
                Tell("grey", $"Checkpoint of step {saved.Step:N0} in {saved.Folder}.");
                break;
        }
    }

    public void OnCompleted() => End();

    public void OnError(Exception error) => End();

    private void Start(RunStarted run)
    {
        _run = run;
        if (run.ResumedFrom is { } folder) Tell("grey", $"{run.Method} goes on from {folder}.");
        if (!AnsiConsole.Profile.Out.IsTerminal || !AnsiConsole.Profile.Capabilities.Interactive) return;
        var columns = new ProgressColumn[] { new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn() };
        _shown = AnsiConsole.Progress().Columns(columns).StartAsync(progress =>
        {
            _bar = progress.AddTask(run.Method, maxValue: run.TotalSteps);
            return _end.Task;
        });
    }

    private void Show(TrainingStep step)
    {
        var text = $"{_run.Method}  {Numbers(step)}  {step.TokensPerSecond,6:F0} tokens/s";
        if (_bar is not null) (_bar.Value, _bar.Description) = (step.Step, text);
        else if (step.Step * 10 / _run.TotalSteps > (step.Step - 1) * 10 / _run.TotalSteps) Console.WriteLine($"{100.0 * step.Step / _run.TotalSteps,3:F0} %  {text}");
    }

    private static string Numbers(TrainingStep step) => step switch
    {
        DpoStep dpo => $"loss {dpo.Loss:F3}  margin {dpo.Margin:F2}  accuracy {dpo.Accuracy:P0}",
        KtoStep kto => $"loss {kto.Loss:F3}  margin {kto.Margin:F2}  KL {kto.Kl:F2}",
        RewardStep reward => $"loss {reward.Loss:F3}  margin {reward.Margin:F2}  accuracy {reward.Accuracy:P0}",
        _ => $"loss {step.Loss:F3}",
    };

    private static void Tell(string colour, string text) => AnsiConsole.MarkupLineInterpolated($"[{colour}]{text}[/]");

    private void End()
    {
        _end.TrySetResult();
        _shown.GetAwaiter().GetResult();
    }
}
