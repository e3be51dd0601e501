using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>
/// The alpha family between forward KL (α = 0) and reverse KL (α = 1): <c>f'(u) = (u^(α-1) - 1) / (α - 1)</c>; the score is
/// <c>exp((α - 1) log u) / (α - 1)</c>, and <c>log u</c> at α = 1.
/// </summary>
/// <remarks>
/// Wang et al. 2023 (arXiv 2309.16240), whose α is <c>1 - α</c> here; this is TRL's way round. The exponent is held at 80 (float32)
/// or 340 (float64), as in <see cref="ForwardKl"/>, and lower where <c>1 / |α - 1|</c> exceeds e^4.
/// </remarks>
public sealed class AlphaDivergence : FDivergence
{
    // Nearer to 1 than this, 1 / (α - 1) leaves no digits for the difference of two scores.
    private const double ReverseKlWithin = 1e-6;

    /// <summary>Place between forward KL (0) and reverse KL (1).</summary>
    /// <value>The default is 0.5. Finite and at least 0.</value>
    public double Alpha { get; init => field = Ensure.NotNegative(value); } = 0.5;

    /// <inheritdoc/>
    public override Tensor Score(Tensor logRatio)
    {
        ArgumentNullException.ThrowIfNull(logRatio);
        var power = Alpha - 1;
        if (Math.Abs(power) < ReverseKlWithin) return logRatio;
        var largest = Saturation.LargestExponent(logRatio.dtype) + Math.Min(0, 4 + Math.Log(Math.Abs(power)));
        return (power * logRatio).clamp_max(largest).exp() / power;
    }
}
