using static TorchSharp.torch;

namespace Alignment.Rl;

/// <summary>k2: <c>½ (log π - log ref)²</c>. Never negative, of low variance, biased where the policies are far apart.</summary>
/// <remarks>Schulman 2020, "Approximating KL Divergence".</remarks>
public sealed class KlK2 : KlEstimator
{
    private protected override Tensor Of(Tensor logRatio) => 0.5 * logRatio.square();
}
