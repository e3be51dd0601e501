namespace Alignment.Training;

/// <summary>The batch with most tokens went forward and backward before the first step; its gradients were thrown away.</summary>
public sealed record LongestBatchTried : RunEvent
{
    /// <summary>Rows of the batch.</summary>
    public required int Rows { get; init; }

    /// <summary>Its tokens, shared prompts once.</summary>
    public required int Tokens { get; init; }

    /// <summary>The largest resident set of the process so far in bytes. What is on a GPU is not in it: TorchSharp has no call for that.</summary>
    public required long PeakBytes { get; init; }
}
