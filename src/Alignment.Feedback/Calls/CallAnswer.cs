namespace Alignment.Feedback;

/// <summary>What a model answered.</summary>
/// <param name="Text">The answer.</param>
/// <param name="InputTokens">Tokens of the question; the upper bound that was reckoned with where the endpoint does not say.</param>
/// <param name="OutputTokens">Tokens of the answer; the upper bound where the endpoint does not say.</param>
/// <param name="IsCut">Whether the answer ended because it was as long as it may be.</param>
public sealed record CallAnswer(string Text, long InputTokens, long OutputTokens, bool IsCut)
{
    /// <summary>The answer's tokens with their log-probabilities.</summary>
    /// <value>Null where the endpoint gives none.</value>
    public IReadOnlyList<TokenLogProb>? LogProbs { get; init; }

    /// <summary>Whether the answer was kept from an earlier call.</summary>
    public bool IsFromCache { get; init; }

    /// <summary>Sizes alone: the text may hold what must not be logged.</summary>
    public override string ToString() => FormattableString.Invariant($"{InputTokens} tokens in, {OutputTokens} tokens out");
}
