using System.Globalization;
using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Token cross-entropy: <c>-Σ log π(token) / n</c> over the tokens of each response, with n the tokens of a whole step.</summary>
/// <remarks>
/// Every response token of a step weighs the same, however the step is cut into batches: the sum of all outputs of all its batches is the mean
/// over its tokens. (A mean over the means of the batches would weigh tokens of short batches more.)
/// </remarks>
public sealed class SupervisedLoss : nn.Module<TokenLogProbs, long, Tensor>
{
    /// <summary>Makes the loss; it has no settings.</summary>
    public SupervisedLoss() : base(nameof(SupervisedLoss)) { }

    /// <summary>Computes the share of each response in the loss of a step.</summary>
    /// <param name="input1">Of one batch, <c>[M]</c> nats in S sequences.</param>
    /// <param name="input2">n, the response tokens in all batches of the step; at least M.</param>
    /// <returns>Nats per token of the step, <c>[S]</c>; a trainer takes the sum over responses and batches.</returns>
    /// <exception cref="ArgumentException">Shapes and lengths do not agree, or the batch is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n is below M.</exception>
    public override Tensor forward(TokenLogProbs input1, long input2)
    {
        Check(input1, totalTokens: input2);
        using var scope = NewDisposeScope();
        return (-input1.Sum().Values / input2).MoveToOuterDisposeScope();
    }

    private static void Check(TokenLogProbs logProbs, long totalTokens)
    {
        ArgumentNullException.ThrowIfNull(logProbs);
        var values = VectorInputs.NotEmpty(logProbs.Values, "Values", "[M] with at least one response token");
        var (tokens, ids) = (values.shape[0], logProbs.SequenceIds);
        if (ids.dim() != 1 || ids.shape[0] != tokens || ids.dtype != ScalarType.Int64)
            throw new ArgumentException($"SequenceIds must be int64 [{tokens}] like Values; got {ids}.", nameof(logProbs));
        if (logProbs.Lengths.Sum(length => (long)length) != tokens)
            throw new ArgumentException($"Lengths must add up to the {tokens} tokens of Values; got {logProbs.Lengths.Sum(length => (long)length)}.", nameof(logProbs));
        if (totalTokens < tokens)
            throw new ArgumentOutOfRangeException(nameof(totalTokens), totalTokens, string.Create(CultureInfo.InvariantCulture, $"totalTokens must count all response tokens of the step, at least the {tokens} of this batch."));
    }
}
