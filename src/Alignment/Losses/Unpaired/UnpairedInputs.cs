namespace Alignment.Losses;

/// <summary>Checks the tensors of a loss on single responses before any native call.</summary>
internal static class UnpairedInputs
{
    public static UnpairedLogProbs Checked(UnpairedLogProbs input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var policy = VectorInputs.NotEmpty(input.Policy, "Policy", "[B] with at least one response");
        VectorInputs.Like(policy, "Policy", input.Reference, "Reference");
        VectorInputs.Mask(policy, "Policy", input.Desirable, "Desirable");
        return input;
    }

    /// <summary>The mismatched responses, which must be there, of the type and device of the others.</summary>
    public static MismatchedLogProbs CheckedMismatched(UnpairedLogProbs input)
    {
        var mismatched = input.Mismatched
            ?? throw new ArgumentException("Mismatched must hold the log-probabilities of at least one mismatched response: the KL term is estimated from them. Actual value was null.", nameof(input));
        var policy = VectorInputs.NotEmpty(mismatched.Policy, "Mismatched.Policy", "[K] with at least one response");
        VectorInputs.Like(policy, "Mismatched.Policy", mismatched.Reference, "Mismatched.Reference");
        if (policy.dtype != input.Policy.dtype || policy.device_type != input.Policy.device_type || policy.device_index != input.Policy.device_index)
            throw new ArgumentException($"Mismatched.Policy must have the type and device of Policy, {input.Policy.dtype} on {input.Policy.device}; got {policy}.", nameof(input));
        return mismatched;
    }
}
