namespace Alignment;

/// <summary>Memory of a pass with gradients, beside weights and gradients of weights.</summary>
/// <param name="Kept">Bytes that stay from forward until backward.</param>
/// <param name="Recomputed">The most that backward computes a second time and holds at once: the inside of a layer with gradient checkpointing, else 0.</param>
public readonly record struct KeptBytes(long Kept, long Recomputed);
