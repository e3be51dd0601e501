using System.Text.Json;
using Alignment.Training;
using Spectre.Console;

namespace Alignment.Samples.Dpo;

/// <summary>Shows the steps of a run on a progress bar and writes each as a line of JSON.</summary>
internal sealed class StepDisplay<TStep>(ProgressTask task, StreamWriter metrics, Func<TStep, string> describe) : IObserver<RunEvent>
    where TStep : TrainingStep
{
    public void OnNext(RunEvent value)
    {
        switch (value)
        {
            case RunStarted started:
                task.MaxValue = started.TotalSteps;
                break;
            case TStep step:
                task.Increment(1);
                task.Description = describe(step);
                metrics.WriteLine(JsonSerializer.Serialize(step));
                break;
        }
    }

    public void OnCompleted() => metrics.Flush();

    public void OnError(Exception error) => metrics.Flush();
}
