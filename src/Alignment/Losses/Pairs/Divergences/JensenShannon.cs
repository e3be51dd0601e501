using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>Jensen-Shannon, <c>f(u) = u log u - (u + 1) log((u + 1) / 2)</c>: the score is <c>log(u / (1 + u)) = log σ(log u)</c>, without <c>log 2</c>.</summary>
/// <remarks>Wang et al. 2023 (arXiv 2309.16240).</remarks>
public sealed class JensenShannon : FDivergence
{
    /// <inheritdoc/>
    public override Tensor Score(Tensor logRatio) => F.logsigmoid(logRatio);
}
