using static TorchSharp.torch;

namespace Alignment;

/// <summary>Log-probabilities of the two responses of preference pairs, in nats.</summary>
/// <param name="Chosen">Of the preferred responses, <c>[B]</c>.</param>
/// <param name="Rejected">Of the other responses, <c>[B]</c>.</param>
public sealed record PairLogProbs(Tensor Chosen, Tensor Rejected);
