using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Checks the tensors of a pair loss before any native call: a wrong shape may end the process there.</summary>
internal static class PairInputs
{
    public static (PairLogProbs Policy, PairLogProbs Reference) Checked(PairLogProbs policy, PairLogProbs reference)
    {
        Checked(policy);
        ArgumentNullException.ThrowIfNull(reference);
        Match(policy.Chosen, reference.Chosen, "reference.Chosen");
        Match(policy.Chosen, reference.Rejected, "reference.Rejected");
        return (policy, reference);
    }

    /// <summary>For losses without a reference.</summary>
    public static PairLogProbs Checked(PairLogProbs policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var first = policy.Chosen;
        if (first.dim() != 1 || first.shape[0] == 0)
            throw new ArgumentException($"policy.Chosen must be [B] with at least one pair; got {first}.", nameof(policy));
        if (first.dtype is not (ScalarType.Float32 or ScalarType.Float64))
            throw new ArgumentException($"policy.Chosen must be float32 or float64: sums of log-probabilities need the digits; got {first}.", nameof(policy));
        Match(first, policy.Rejected, "policy.Rejected");
        return policy;
    }

    /// <summary>Lengths of both responses, <c>[B]</c>, at least 1, for losses that divide by them.</summary>
    public static (Tensor Chosen, Tensor Rejected) Lengths(PairLogProbs policy, string loss) =>
        (Length(policy, policy.ChosenLengths, nameof(PairLogProbs.ChosenLengths), loss),
         Length(policy, policy.RejectedLengths, nameof(PairLogProbs.RejectedLengths), loss));

    /// <summary>One of the lengths, <c>[B]</c>, at least 1.</summary>
    public static Tensor Length(PairLogProbs policy, Tensor? lengths, string name, string loss)
    {
        if (lengths is null)
            throw new ArgumentException($"{loss} divides by the number of response tokens: policy.{name} must be [{policy.Chosen.shape[0]}]; got null.", nameof(policy));
        Match(policy.Chosen, lengths, $"policy.{name}");
        return lengths.clamp_min(1);
    }

    private static void Match(Tensor first, Tensor other, string name) => VectorInputs.Like(first, "policy.Chosen", other, name);
}
