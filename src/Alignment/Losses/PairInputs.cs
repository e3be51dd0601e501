using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Checks the tensors of a pair loss before any native call: a wrong shape may end the process there.</summary>
internal static class PairInputs
{
    public static (PairLogProbs Policy, PairLogProbs Reference) Checked(PairLogProbs policy, PairLogProbs reference)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(reference);
        var first = policy.Chosen;
        if (first.dim() != 1 || first.shape[0] == 0)
            throw new ArgumentException($"policy.Chosen must be [B] with at least one pair; got {first}.", nameof(policy));
        Match(first, policy.Rejected, "policy.Rejected");
        Match(first, reference.Chosen, "reference.Chosen");
        Match(first, reference.Rejected, "reference.Rejected");
        return (policy, reference);
    }

    private static void Match(Tensor first, Tensor other, string name)
    {
        if (other.dim() != 1 || other.shape[0] != first.shape[0])
            throw new ArgumentException($"{name} must be [{first.shape[0]}] like policy.Chosen; got {other}.", name);
        if (other.dtype != first.dtype || other.device_type != first.device_type || other.device_index != first.device_index)
            throw new ArgumentException($"{name} must have the type and device of policy.Chosen, {first.dtype} on {first.device}; got {other}.", name);
    }
}
