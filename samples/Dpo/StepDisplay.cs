using System.Text.Json;
using Spectre.Console;

namespace Alignment.Samples.Dpo;

/// <summary>Shows the steps of a run on a progress bar and writes each as a line of JSON.</summary>
internal sealed class StepDisplay<TStep>(ProgressTask task, StreamWriter metrics, Func<TStep, string> describe) : IObserver<TStep>
{
    public void OnNext(TStep value)
    {
        task.Increment(1);
        task.Description = describe(value);
        metrics.WriteLine(JsonSerializer.Serialize(value));
    }

    public void OnCompleted() => metrics.Flush();

    public void OnError(Exception error) => metrics.Flush();
}
