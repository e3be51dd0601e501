using Alignment.Training;

namespace Alignment.Samples;

/// <summary>Ends a run where its preparation ends, once the longest batch was tried.</summary>
internal sealed class DryRun : IObserver<RunEvent>
{
    public void OnNext(RunEvent value)
    {
        if (value is LongestBatchTried) throw new OperationCanceledException("The dry run is over.");
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }
}
