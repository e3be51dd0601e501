using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>What the entropy bonus gives for each token; nothing is reduced.</summary>
/// <param name="PerToken">The loss, <c>-c H</c>, <c>[M]</c>.</param>
/// <param name="Entropy">The entropy H of the next-token distribution, <c>[M]</c> nats, without gradient; between 0 and ln V.</param>
public sealed record EntropyBonusOutput(Tensor PerToken, Tensor Entropy);
