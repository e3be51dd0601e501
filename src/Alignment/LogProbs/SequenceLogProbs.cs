using static TorchSharp.torch;

namespace Alignment;

/// <summary>Log-probabilities of whole responses: the sum over their tokens, in nats.</summary>
/// <param name="Values">One for each sequence, <c>[S]</c>.</param>
/// <param name="Lengths">Number of response tokens of each sequence, <c>[S]</c>.</param>
public sealed record SequenceLogProbs(Tensor Values, IReadOnlyList<int> Lengths)
{
    /// <summary>Takes sequences two by two: chosen first, rejected second, as <see cref="TokenLayout.Of(IReadOnlyList{TokenizedPair}, Device?)"/> lays them out.</summary>
    /// <returns>The pairs and their lengths, <c>[B]</c> with <c>B = S / 2</c>.</returns>
    /// <exception cref="InvalidOperationException">The number of sequences is odd.</exception>
    public PairLogProbs Pairs()
    {
        if (Lengths.Count % 2 != 0) throw new InvalidOperationException($"Pairs need an even number of sequences. Actual number was {Lengths.Count}.");
        using var scope = NewDisposeScope();
        var pairs = Values.view(-1, 2);
        var lengths = tensor(Lengths.Select(length => (double)length).ToArray(), dtype: Values.dtype, device: Values.device).view(-1, 2);
        return new PairLogProbs(pairs.select(1, 0).MoveToOuterDisposeScope(), pairs.select(1, 1).MoveToOuterDisposeScope())
        {
            ChosenLengths = lengths.select(1, 0).MoveToOuterDisposeScope(),
            RejectedLengths = lengths.select(1, 1).MoveToOuterDisposeScope(),
        };
    }
}
