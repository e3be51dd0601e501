using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>What the policy loss gives for each token; nothing is reduced, and all but the loss is without gradient.</summary>
/// <param name="PerToken">The loss, <c>[M]</c>, in units of the advantage.</param>
/// <param name="Ratio"><c>π / π_old</c>, <c>[M]</c>; exactly 1 before the first update.</param>
/// <param name="Clipped">Whether the clipped branch was taken, so that the token has no gradient, bool <c>[M]</c>. Its mean is the clip fraction.</param>
/// <param name="DualClipped">Whether the bound of dual clipping was taken, bool <c>[M]</c>; all false where it is off.</param>
/// <param name="KlK1">Estimate k1 of <c>KL(π_old ‖ π)</c>, <c>log π_old - log π</c>, <c>[M]</c> nats; may be negative.</param>
/// <param name="KlK3">Estimate k3 of the same, <c>ratio - 1 - log ratio</c>, <c>[M]</c> nats; never negative, with less variance.</param>
public sealed record PpoPolicyOutput(Tensor PerToken, Tensor Ratio, Tensor Clipped, Tensor DualClipped, Tensor KlK1, Tensor KlK3);
