using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Reverse KL, <c>f(u) = u log u</c>: the score is <c>log u</c>, the log-ratio itself, as in plain DPO.</summary>
/// <remarks>Wang et al. 2023 (arXiv 2309.16240).</remarks>
public sealed class ReverseKl : FDivergence
{
    /// <inheritdoc/>
    public override Tensor Score(Tensor logRatio) => logRatio;
}
