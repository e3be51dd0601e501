using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Rl;

/// <summary>k3: <c>r - 1 - log r</c> with <c>r = ref / π</c>. Unbiased, never negative, of low variance.</summary>
/// <remarks>Schulman 2020, "Approximating KL Divergence". The exponential follows its tangent above 20 nats, so the estimate is finite in float32.</remarks>
public sealed class KlK3 : KlEstimator
{
    private protected override Tensor Of(Tensor logRatio) => BoundedExponential.AboveTangent(-logRatio);
}
