namespace Alignment.Training;

/// <summary>Trust-region updates: the reference follows the policy, <c>ref ← α π + (1 - α) ref</c> every τ steps.</summary>
/// <remarks>Gorbatovski et al. 2024 (arXiv 2404.09656), eq. 4 and 5; α = 1 is their hard update.</remarks>
public sealed record ReferenceSyncOptions
{
    /// <summary>α, the policy's share of the new reference.</summary>
    /// <value>The default is 0.6. Greater than 0 and at most 1.</value>
    public double MixupAlpha { get; init => field = Ensure.AboveZeroAtMost(value, 1); } = 0.6;

    /// <summary>τ, optimizer steps between two updates.</summary>
    /// <value>The default is 512. At least 1.</value>
    public int Steps { get; init => field = Ensure.AtLeast(value, 1); } = 512;
}
