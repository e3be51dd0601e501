using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>What a loss on single responses gives for each of them, in the order they came; nothing is reduced.</summary>
/// <param name="PerExample">The loss with the weight of its class, <c>[B]</c>. A trainer takes the mean over rows.</param>
/// <param name="Rewards">Implicit reward, <c>β (log π - log ref)</c>, <c>[B]</c>, without gradient.</param>
/// <param name="Kl">The estimate of KL(policy ‖ reference) that was used, a scalar in nats, at least 0, without gradient; 0 for losses without one.</param>
public sealed record UnpairedLossOutput(Tensor PerExample, Tensor Rewards, Tensor Kl);
