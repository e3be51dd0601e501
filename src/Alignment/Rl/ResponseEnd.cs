namespace Alignment.Rl;

/// <summary>Where a sampled response ends: at its first end token, which still belongs to it, or, without one, at its last token.</summary>
/// <param name="Length">Number of tokens that count, the end token included.</param>
/// <param name="Ended">Whether an end token was found.</param>
/// <remarks>
/// Responses may be sampled to a fixed length past their end; scores, log-probabilities and values are taken after this cut
/// (Huang et al. 2024, arXiv 2403.17031).
/// </remarks>
public readonly record struct ResponseEnd(int Length, bool Ended)
{
    /// <summary>Finds the end of a response.</summary>
    /// <param name="tokens">Ids as sampled; at least one.</param>
    /// <param name="endToken">Id of the end token.</param>
    /// <exception cref="ArgumentException">There is no token.</exception>
    public static ResponseEnd Of(ReadOnlySpan<int> tokens, int endToken)
    {
        if (tokens.IsEmpty) throw new ArgumentException("tokens must hold at least one id.", nameof(tokens));
        var end = tokens.IndexOf(endToken);
        return end < 0 ? new ResponseEnd(tokens.Length, false) : new ResponseEnd(end + 1, true);
    }
}
