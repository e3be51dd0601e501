using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>What a pair loss gives for each pair; nothing is reduced.</summary>
/// <param name="PerPair">The loss, <c>[B]</c>.</param>
/// <param name="ChosenRewards">Implicit reward of the preferred response, <c>β (log π - log ref)</c> unless the loss says otherwise, <c>[B]</c>, without gradient.</param>
/// <param name="RejectedRewards">Implicit reward of the other response, <c>[B]</c>, without gradient.</param>
public sealed record PairLossOutput(Tensor PerPair, Tensor ChosenRewards, Tensor RejectedRewards);
