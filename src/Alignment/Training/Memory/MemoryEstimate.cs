namespace Alignment.Training;

/// <summary>Bytes of tensors that a run needs on the model's device at its worst moment, counted before the run.</summary>
/// <remarks>
/// What the process holds besides (.NET, libtorch, the data: some 200 MB on a CPU) is not in it, nor what an allocator loses to fragments.
/// Attention is counted as PyTorch's fused kernels do it, which keep no scores.
/// </remarks>
public sealed record MemoryEstimate
{
    /// <summary>Parameters of the model, trained or not.</summary>
    public required long Weights { get; init; }

    /// <summary>Gradients of all trained parameters, with the float32 copy that 16-bit weights get before a step.</summary>
    public required long Gradients { get; init; }

    /// <summary>Both moments of AdamW and the float32 masters of trained 16-bit weights.</summary>
    public required long Optimizer { get; init; }

    /// <summary>What the pass over the longest batch keeps until backward: numbers inside layers and slopes of logits. 0 where the model can't tell.</summary>
    public required long Activations { get; init; }

    /// <summary>A reference with weights of its own, or its kept numbers, which stay in the memory of the process.</summary>
    public required long Reference { get; init; }

    /// <summary>The largest sum that is there at once: activations and gradients are not there in full together unless batches accumulate.</summary>
    public required long Peak { get; init; }

    /// <summary>All of them by their names in small letters, the peak last.</summary>
    internal IReadOnlyList<KeyValuePair<string, long>> Parts =>
    [
        new("weights", Weights), new("gradients", Gradients), new("optimizer", Optimizer), new("activations", Activations), new("reference", Reference), new("peak", Peak),
    ];
}
