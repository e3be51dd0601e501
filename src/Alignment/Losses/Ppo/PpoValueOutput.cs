using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>What the value loss gives for each token; nothing is reduced.</summary>
/// <param name="PerToken">The loss, <c>[M]</c>, in squared units of the reward.</param>
/// <param name="Clipped">Whether the clipped branch was taken, so that the token has no gradient, bool <c>[M]</c>. Its mean is the clip fraction.</param>
public sealed record PpoValueOutput(Tensor PerToken, Tensor Clipped);
