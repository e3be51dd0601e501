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
            case ModelPartsTold { Parts: var parts }:
                Screen.Table(["Model", "Parameters", "Trained", "MB of weights"], parts.Select(part => (string[])
                    [part.Name, $"{part.Parameters:N0}", $"{part.TrainedParameters:N0}", FormattableString.Invariant($"{part.Bytes / 1e6:N1}")]));
                break;
            case MemoryEstimated { Estimate: var bytes }:
                Tell("grey", $"Tensors will need {bytes.Peak / 1e9:F2} GB at most: weights {bytes.Weights / 1e9:F2}, gradients {bytes.Gradients / 1e9:F2}, optimizer {bytes.Optimizer / 1e9:F2}, activations {bytes.Activations / 1e9:F2}, reference {bytes.Reference / 1e9:F2}.");
                break;
            case LongestBatchTried tried:
                Tell("grey", $"Longest batch: {tried.Rows:N0} rows of {tried.Tokens:N0} tokens, at most {tried.PeakBytes / 1e9:F2} GB in use");
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
                Tell("grey", $"Checkpoint of step {saved.Step:N0}: {saved.Folder}");
                break;
        }
    }

    public void OnCompleted() => End();

    public void OnError(Exception error) => End();

    private void Start(RunStarted run)
    {
        _run = run;
        if (run.ResumedFrom is { } folder) Tell("grey", $"{run.Method} goes on from {folder}");
        if (!AnsiConsole.Profile.Out.IsTerminal || !AnsiConsole.Profile.Capabilities.Interactive) return;
        ProgressColumn[] columns = [new ProgressBarColumn { Width = 18 }, new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn()];
        _shown = AnsiConsole.Progress().Columns(columns).StartAsync(progress =>
        {
            _bar = progress.AddTask(run.Method, maxValue: run.TotalSteps);
            return _end.Task;
        });
    }

    private void Show(TrainingStep step)
    {
        var text = $"{_run.Method}  {Numbers(step)}";
        if (_bar is not null) (_bar.Value, _bar.Description) = (step.Step, text);
        else if (Tenth(step.Step) > Tenth(step.Step - 1)) Console.WriteLine($"{10 * Tenth(step.Step),3} %  {text}  {step.TokensPerSecond:F0} tokens/s");

        int Tenth(int steps) => 10 * steps / _run.TotalSteps;
    }

    private static string Numbers(TrainingStep step) => step switch
    {
        DpoStep dpo => $"loss {dpo.Loss:F3}  margin {dpo.Margin:F2}  accuracy {dpo.Accuracy:P0}",
        KtoStep kto => $"loss {kto.Loss:F3}  margin {kto.Margin:F2}  KL {kto.Kl:F2}",
        RewardStep reward => $"loss {reward.Loss:F3}  margin {reward.Margin:F2}  accuracy {reward.Accuracy:P0}",
        OnPolicyStep own => $"reward {own.RawScore:F2}  KL {own.Kl:F2}  entropy {own.Entropy:F1}",
        _ => $"loss {step.Loss:F3}",
    };

    private static void Tell(string colour, string text) => AnsiConsole.MarkupLineInterpolated($"[{colour}]{text}[/]");

    private void End()
    {
        _end.TrySetResult();
        _shown.GetAwaiter().GetResult();
    }
}
