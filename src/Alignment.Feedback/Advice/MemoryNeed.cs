namespace Alignment.Feedback;

/// <summary>Memory that weights, gradients and optimizer take, in GiB; a fifth comes on top for activations with checkpointing.</summary>
/// <remarks>
/// A trained weight takes 16 bytes: 2 in bfloat16, 2 of gradient, 4 of float32 master, 8 of AdamW's two moments. A weight that is only read takes
/// 2. With
/// low-rank adapters all weights are only read, and those of policy and reference are the same.
/// </remarks>
internal static class MemoryNeed
{
    private const double Trained = 16, Read = 2, Activations = 1.2;
    private const double GiB = 1L << 30;

    public static double Full(Technique technique, double billions) => Of(billions, technique == Technique.Ppo
        ? 2 * Trained + 2 * Read    // policy and value model; reference and reward model
        : Trained + Read);          // policy; reference

    public static double Lora(Technique technique, double billions) => Of(billions, technique == Technique.Ppo
        ? 3 * Read                  // policy and reference in one; value model; reward model
        : Read);

    private static double Of(double billions, double bytes) => billions * 1e9 * bytes * Activations / GiB;
}
