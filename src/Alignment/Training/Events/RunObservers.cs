namespace Alignment.Training;

/// <summary>Several observers as one.</summary>
public static class RunObservers
{
    /// <summary>Tells every event to all of them, in order.</summary>
    /// <param name="observers">The observers; nulls are left out.</param>
    /// <returns>An observer whose errors are those of the observers: one that throws ends the run.</returns>
    public static IObserver<RunEvent> All(params IObserver<RunEvent>?[] observers)
    {
        ArgumentNullException.ThrowIfNull(observers);
        return new Several([.. observers.OfType<IObserver<RunEvent>>()]);
    }

    private sealed class Several(IObserver<RunEvent>[] observers) : IObserver<RunEvent>
    {
        public void OnNext(RunEvent value) => Array.ForEach(observers, observer => observer.OnNext(value));

        public void OnCompleted() => Array.ForEach(observers, observer => observer.OnCompleted());

        public void OnError(Exception error) => Array.ForEach(observers, observer => observer.OnError(error));
    }
}
