using static TorchSharp.torch;

namespace Alignment.Rl;

/// <summary>k1: <c>log π - log ref</c>. Unbiased; negative at about half of the tokens, so of high variance.</summary>
/// <remarks>Schulman 2020, "Approximating KL Divergence". The penalty of Ziegler et al. 2019 (arXiv 1909.08593), eq. 2.</remarks>
public sealed class KlK1 : KlEstimator
{
    private protected override Tensor Of(Tensor logRatio) => logRatio;
}
