using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>
/// Log-probabilities of responses that answer another prompt than the one they follow: from them KTO estimates how far the policy has moved
/// from its reference.
/// </summary>
/// <param name="Policy">Of the policy, <c>[K]</c> nats, K at least 1. No gradient flows through them.</param>
/// <param name="Reference">Of the reference, <c>[K]</c> nats.</param>
/// <remarks>K need not be the number of examples: the responses of a whole accumulated batch, or of all processes, may be handed in.</remarks>
public sealed record MismatchedLogProbs(Tensor Policy, Tensor Reference);
