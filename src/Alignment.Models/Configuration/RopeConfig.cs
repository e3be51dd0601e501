namespace Alignment.Models;

/// <summary>Rotary position embedding: pairs of a head's numbers are turned by angles that grow with the position.</summary>
/// <remarks>Su et al. 2021 (arXiv 2104.09864).</remarks>
public sealed record RopeConfig
{
    /// <summary>Base of the frequencies, <c>rope_theta</c>: pair i of a head of size d turns by <c>Theta^(-2i/d)</c> radians a position.</summary>
    /// <value>The default is 10,000. Finite and greater than 0.</value>
    public double Theta { get; init => field = Check.Positive(value); } = 10_000;

    /// <summary>How the frequencies are changed for texts longer than those of pretraining.</summary>
    /// <value>The default, null, leaves them as they are.</value>
    public RopeScaling? Scaling { get; init; }
}
