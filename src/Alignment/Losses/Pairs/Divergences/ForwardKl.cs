using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Forward KL, <c>f(u) = -log u</c>: the score is <c>-1/u = -exp(-log u)</c>.</summary>
/// <remarks>
/// Wang et al. 2023 (arXiv 2309.16240). The exponent is held at 80 (float32) or 340 (float64): a response that lost more than that
/// many nats scores a constant and has no gradient.
/// </remarks>
public sealed class ForwardKl : FDivergence
{
    /// <inheritdoc/>
    public override Tensor Score(Tensor logRatio)
    {
        ArgumentNullException.ThrowIfNull(logRatio);
        return -(-logRatio).clamp_max(Saturation.LargestExponent(logRatio.dtype)).exp();
    }
}
