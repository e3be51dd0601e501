using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Rl;

/// <summary>Advantages of whole responses against the other responses to the same prompt: no value model foretells, the group does.</summary>
/// <remarks>Responses stand prompt after prompt, K to each, so that S is a multiple of K. All without gradient.</remarks>
public static class GroupAdvantages
{
    private const double Epsilon = 1e-4; // of the standard deviation, as in TRL: equal scores give 0 instead of 0 / 0

    /// <summary>Against the mean of the others: <c>r_i - Σ_(j≠i) r_j / (K - 1)</c>.</summary>
    /// <remarks>Kool et al. 2019; Ahmadian et al. 2024 (arXiv 2402.14740), eq. 8. The baseline does not depend on the response itself, so the gradient stays unbiased.</remarks>
    /// <param name="rewards">Reward of each response, <c>[S]</c>.</param>
    /// <param name="samples">K, the responses to each prompt; at least 2.</param>
    /// <returns><c>[S]</c>.</returns>
    /// <exception cref="ArgumentException">The rewards are not <c>[S]</c> with S a multiple of K.</exception>
    public static Tensor LeaveOneOut(Tensor rewards, int samples)
    {
        using var scope = NewDisposeScope();
        var groups = Grouped(rewards, samples);                                        // [P, K]
        var others = (groups.sum(1, keepdim: true) - groups) / (samples - 1);          // [P, K]
        return (groups - others).reshape(-1).MoveToOuterDisposeScope();
    }

    /// <summary>Against mean and spread of the group: <c>(r_i - mean) / (std + 1e-4)</c>, or without the division.</summary>
    /// <remarks>Shao et al. 2024 (arXiv 2402.03300), section 4.1.2, with the unbiased deviation; without the division Liu et al. 2025 (arXiv 2503.20783).</remarks>
    /// <param name="rewards">Reward of each response, <c>[S]</c>.</param>
    /// <param name="samples">K, the responses to each prompt; at least 2.</param>
    /// <param name="scales">Whether to divide.</param>
    /// <returns><c>[S]</c>.</returns>
    /// <exception cref="ArgumentException">The rewards are not <c>[S]</c> with S a multiple of K.</exception>
    public static Tensor Normalized(Tensor rewards, int samples, bool scales = true)
    {
        using var scope = NewDisposeScope();
        var groups = Grouped(rewards, samples);                                        // [P, K]
        var centered = groups - groups.sum(1, keepdim: true) / samples;
        if (scales) centered = centered / ((centered.square().sum(1, keepdim: true) / (samples - 1)).sqrt() + Epsilon);
        return centered.reshape(-1).MoveToOuterDisposeScope();
    }

    private static Tensor Grouped(Tensor rewards, int samples)
    {
        VectorInputs.NotEmpty(rewards, nameof(rewards), "[S] with at least one response");
        Ensure.AtLeast(samples, 2, nameof(samples));
        return rewards.shape[0] % samples == 0
            ? rewards.detach().reshape(-1, samples)
            : throw new ArgumentException($"rewards must be [S] with S a multiple of {samples} samples; got {rewards}.", nameof(rewards));
    }
}
