using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>LD-DPO's view of a pair: tokens beyond the length that both responses share count α instead of 1.</summary>
/// <remarks>Liu et al. 2024 (arXiv 2409.06411).</remarks>
public static class LengthDesensitization
{
    /// <summary>Multiplies the log-probability of each token beyond the shorter response of its pair by α.</summary>
    /// <param name="tokens">Response tokens, sequence <c>2i</c> chosen and <c>2i + 1</c> rejected, in the order of the sequences.</param>
    /// <param name="alpha">Weight of the excess: 1 leaves all as it is, 0 drops it.</param>
    /// <returns>The same tokens, lengths unchanged; <see cref="TokenLogProbs.Sum"/> gives the desensitized log-probabilities.</returns>
    /// <exception cref="ArgumentException">The number of sequences is odd, or the tokens are not as many as the lengths say.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Alpha is below 0 or above 1.</exception>
    public static TokenLogProbs Of(TokenLogProbs tokens, double alpha)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        Ensure.Within(alpha, 0, 1, nameof(alpha));
        var lengths = tokens.Lengths;
        if (lengths.Count % 2 != 0)
            throw new ArgumentException($"Pairs need an even number of sequences. Actual number was {lengths.Count}.", nameof(tokens));
        if (tokens.Values.dim() != 1 || tokens.Values.shape[0] != lengths.Sum())
            throw new ArgumentException($"tokens.Values must be [{lengths.Sum()}], the sum of the lengths; got {tokens.Values}.", nameof(tokens));
        using var scope = NewDisposeScope();
        var weights = tensor(Weights(lengths, alpha), dtype: tokens.Values.dtype, device: tokens.Values.device);   // [M]
        return tokens with { Values = (tokens.Values * weights).MoveToOuterDisposeScope() };
    }

    private static double[] Weights(IReadOnlyList<int> lengths, double alpha)
    {
        var weights = new List<double>(lengths.Sum());
        for (var sequence = 0; sequence < lengths.Count; sequence++)
        {
            var shared = Math.Min(lengths[sequence], lengths[sequence ^ 1]);   // 2i and 2i + 1 are one pair
            weights.AddRange(Enumerable.Repeat(1.0, shared));
            weights.AddRange(Enumerable.Repeat(alpha, lengths[sequence] - shared));
        }
        return [.. weights];
    }
}
