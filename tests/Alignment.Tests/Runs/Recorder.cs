using Alignment.Training;

namespace Alignment.Tests.Runs;

/// <summary>Keeps the events of a run.</summary>
internal sealed class Recorder<TStep> : IObserver<RunEvent> where TStep : TrainingStep
{
    public List<RunEvent> Events { get; } = [];

    public List<TStep> Steps => [.. Events.OfType<TStep>()];

    public bool Completed { get; private set; }

    public Exception? Error { get; private set; }

    public void OnNext(RunEvent value) => Events.Add(value);

    public void OnCompleted() => Completed = true;

    public void OnError(Exception error) => Error = error;
}
