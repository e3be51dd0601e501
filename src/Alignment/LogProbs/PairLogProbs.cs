using static TorchSharp.torch;

namespace Alignment;

/// <summary>Log-probabilities of the two responses of preference pairs, in nats.</summary>
/// <param name="Chosen">Of the preferred responses, <c>[B]</c>.</param>
/// <param name="Rejected">Of the other responses, <c>[B]</c>.</param>
public sealed record PairLogProbs(Tensor Chosen, Tensor Rejected)
{
    /// <summary>Number of response tokens of the preferred responses, <c>[B]</c>, in the type of the log-probabilities; null where unknown.</summary>
    public Tensor? ChosenLengths { get; init; }

    /// <summary>Number of response tokens of the other responses, <c>[B]</c>, in the type of the log-probabilities; null where unknown.</summary>
    public Tensor? RejectedLengths { get; init; }
}
