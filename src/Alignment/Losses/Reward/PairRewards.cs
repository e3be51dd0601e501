using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Rewards that a reward model gives to the two responses of preference pairs.</summary>
/// <param name="Chosen">Of the preferred responses, <c>[B]</c>, B at least 1; in units of log-odds.</param>
/// <param name="Rejected">Of the other responses, <c>[B]</c>.</param>
/// <param name="Margin">By how much the preferred response should win, <c>[B]</c>; 0 where null.</param>
public sealed record PairRewards(Tensor Chosen, Tensor Rejected, Tensor? Margin = null);
