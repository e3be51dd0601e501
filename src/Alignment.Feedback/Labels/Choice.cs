namespace Alignment.Feedback;

/// <summary>The choice between 1 and 2 that an answer makes, as a probability where its tokens have some.</summary>
internal static class Choice
{
    /// <returns>The probability of 1 and whether it is soft; null where the answer is neither 1 nor 2.</returns>
    public static (double One, bool IsSoft)? Of(CallAnswer answer)
    {
        if (Digit(answer.Text) is not { } said) return null;
        var token = answer.LogProbs?.FirstOrDefault(token => Digit(token.Token) == said);
        if (token is null || token.Alternatives.Count == 0) return (said == '1' ? 1 : 0, false);
        // "1" and " 1" are two tokens and one choice. A choice that is not among the alternatives is no likelier than the least of them, nor than
        // what is left.
        var known = token.Alternatives.Append(new TokenAlternative(token.Token, token.LogProb)).DistinctBy(one => one.Token, StringComparer.Ordinal)
            .ToList();
        var unseen = Math.Max(0, Math.Min(1 - known.Sum(one => Math.Exp(one.LogProb)), known.Min(one => Math.Exp(one.LogProb))));
        var (one, two) = (Mass('1'), Mass('2'));
        return (one / (one + two), true);

        double Mass(char digit)
        {
            var mass = known.Where(alternative => Digit(alternative.Token) == digit).Sum(alternative => Math.Exp(alternative.LogProb));
            return mass > 0 ? mass : unseen;
        }
    }

    private static char? Digit(string text)
    {
        var bare = text.AsSpan().Trim().Trim(".\"'`*()[]");
        return bare is "1" or "2" ? bare[0] : null;
    }
}
