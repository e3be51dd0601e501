namespace Alignment.Tests.Runs;

/// <summary>Keeps the steps of a run.</summary>
internal sealed class Recorder<TStep> : IObserver<TStep>
{
    public List<TStep> Steps { get; } = [];

    public bool Completed { get; private set; }

    public Exception? Error { get; private set; }

    public void OnNext(TStep value) => Steps.Add(value);

    public void OnCompleted() => Completed = true;

    public void OnError(Exception error) => Error = error;
}
