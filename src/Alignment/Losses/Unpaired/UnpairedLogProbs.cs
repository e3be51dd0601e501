using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Single responses, each known to be desirable or not, with what policy and reference think of them.</summary>
/// <param name="Policy">Log-probabilities of whole responses under the policy, <c>[B]</c> nats, B at least 1.</param>
/// <param name="Reference">The same under the reference, <c>[B]</c> nats.</param>
/// <param name="Desirable">True where people liked the response, bool <c>[B]</c>. All true or all false is allowed.</param>
/// <param name="Mismatched">What a loss with a KL term estimates it from; null for losses without one.</param>
public sealed record UnpairedLogProbs(Tensor Policy, Tensor Reference, Tensor Desirable, MismatchedLogProbs? Mismatched = null);
