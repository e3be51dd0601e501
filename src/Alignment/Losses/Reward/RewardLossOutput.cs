using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>What the loss of a reward model gives for each pair; nothing is reduced.</summary>
/// <param name="PerPair">The loss, <c>[B]</c>. A trainer takes the mean over pairs.</param>
/// <param name="Margins">Reward of the preferred response minus that of the other, <c>[B]</c>, without gradient.</param>
public sealed record RewardLossOutput(Tensor PerPair, Tensor Margins)
{
    /// <summary>The share of pairs whose preferred response has the strictly higher reward, from 0 to 1; a tie is not a win.</summary>
    public double Accuracy()
    {
        using var scope = NewDisposeScope();
        return Margins.gt(0).to(ScalarType.Float64).mean().ToDouble();
    }
}
