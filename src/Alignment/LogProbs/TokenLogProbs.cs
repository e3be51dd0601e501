using static TorchSharp.torch;

namespace Alignment;

/// <summary>Log-probabilities of single response tokens, in nats.</summary>
/// <param name="Values">Log-probability of each response token given all before it, <c>[M]</c>.</param>
/// <param name="SequenceIds">Sequence of each token, int64 <c>[M]</c>, each below the number of sequences.</param>
/// <param name="Lengths">Number of response tokens of each sequence, <c>[S]</c>.</param>
public sealed record TokenLogProbs(Tensor Values, Tensor SequenceIds, IReadOnlyList<int> Lengths)
{
    /// <summary>Sums the tokens of each sequence.</summary>
    /// <returns>Log-probabilities of whole responses, <c>[S]</c> nats.</returns>
    public SequenceLogProbs Sum()
    {
        using var scope = NewDisposeScope();
        var sums = zeros(Lengths.Count, dtype: Values.dtype, device: Values.device).index_add(0, SequenceIds, Values, 1);
        return new SequenceLogProbs(sums.MoveToOuterDisposeScope(), Lengths);
    }
}
