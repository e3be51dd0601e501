using static TorchSharp.torch;

namespace Alignment.Rl;

/// <summary>Rewards of single tokens and what they are made of; all without gradient.</summary>
/// <param name="PerToken"><c>-β kl</c>, plus the score at the last token of each response, <c>[M]</c>.</param>
/// <param name="KlPenalty"><c>-β kl</c> alone, <c>[M]</c>.</param>
/// <param name="Kl">Estimated divergence from the reference, <c>[M]</c> nats.</param>
/// <param name="Scores">Scores after clipping and the penalty for a missing end, <c>[S]</c>.</param>
public sealed record ShapedRewards(Tensor PerToken, Tensor KlPenalty, Tensor Kl, Tensor Scores);
