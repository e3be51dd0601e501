using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>
/// The divergence that keeps the policy near its reference. With <c>u = π / ref</c> and the regularizer <c>E_ref[f(u)]</c>, a pair loss
/// compares <c>f'(u)</c> of the two responses; the reverse KL gives <c>log u</c>, which is plain DPO.
/// </summary>
/// <remarks>Wang et al. 2023 (arXiv 2309.16240).</remarks>
public abstract class FDivergence
{
    /// <summary>Computes <c>f'(u)</c> up to a constant, which cancels where scores are compared.</summary>
    /// <param name="logRatio"><c>log π - log ref</c> of responses, <c>[B]</c> nats.</param>
    /// <returns>Scores, <c>[B]</c>, rising with the ratio and finite for finite ratios.</returns>
    public abstract Tensor Score(Tensor logRatio);
}
