namespace Alignment.Models;

/// <summary>Rotary position embedding: pairs of a head's numbers are turned by angles that grow with the position.</summary>
/// <remarks>Su et al. 2021 (arXiv 2104.09864).</remarks>
public sealed record RopeConfig
{
    /// <summary>Base of the frequencies, <c>rope_theta</c>: pair i of d turned numbers turns by <c>Theta^(-2i/d)</c> radians a position.</summary>
    /// <value>The default is 10,000. Finite and greater than 0.</value>
    public double Theta { get; init => field = Check.Positive(value); } = 10_000;

    /// <summary>Share of a head's numbers that are turned, the first ones, <c>partial_rotary_factor</c>; Phi only.</summary>
    /// <value>The default is 1. Greater than 0 and at most 1.</value>
    public double Fraction { get; init => field = Check.Share(value); } = 1;

    /// <summary>How the frequencies are changed for texts longer than those of pretraining.</summary>
    /// <value>The default, null, leaves them as they are.</value>
    public RopeScaling? Scaling { get; init; }
}
